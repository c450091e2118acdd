using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Feedback.Domain.Platform;

/// <summary>
/// The body that the platform gets: <c>{"items":[{"kind","id","change","data"}]}</c>. The same items are the same bytes.
/// </summary>
public static class PlatformText
{
    // Chinese is written as it is: a tenth of the bytes, and readable in the platform's logs.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes items.</summary>
    public static byte[] Write(IEnumerable<(PlatformItem Item, MappedItem Mapped)> items, bool indented = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var text = new Utf8JsonWriter(buffer, Plain with { Indented = indented }))
        {
            text.WriteStartObject();
            text.WriteStartArray("items"u8);
            foreach (var (item, mapped) in items)
            {
                text.WriteStartObject();
                text.WriteString("kind"u8, item.Kind.Word());
                text.WriteString("id"u8, item.Id);
                text.WriteString("change"u8, item.IsNew ? "new"u8 : "update"u8);
                text.WriteStartObject("data"u8);
                foreach (var (target, value) in mapped.Fields)
                {
                    text.WritePropertyName(target);
                    Write(text, value);
                }

                text.WriteEndObject();
                text.WriteEndObject();
            }

            text.WriteEndArray();
            text.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter text, SourceValue value)
    {
        switch (value)
        {
            case NumberValue { Number: var number }:
                text.WriteNumberValue(number);
                break;
            case FlagValue { IsTrue: var isTrue }:
                text.WriteBooleanValue(isTrue);
                break;
            case ListValue { Codes: var codes }:
                text.WriteStartArray();
                foreach (var code in codes)
                    Write(text, code);
                text.WriteEndArray();
                break;
            default:
                text.WriteStringValue(value.Code);
                break;
        }
    }
}
