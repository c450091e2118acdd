using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Feedback.Storage.Copies.Files;

/// <summary>
/// A row as a line of a backup: a JSON object with every column of the table by its name, in the table's order. Numbers are
/// whole, texts are strings, bytes are base64, flags are true or false, and nothing is null. A column that came later is left out where it holds nothing.
/// </summary>
internal static class CopyLine
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>A writer for <see cref="Write"/>, to be used again and again.</summary>
    public static Utf8JsonWriter NewWriter(IBufferWriter<byte> to) => new(to, Options);

    /// <summary>Writes a row, without the end of the line.</summary>
    public static void Write(Utf8JsonWriter json, CopiedTable table, object?[] row)
    {
        json.WriteStartObject();
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] is null && table.Columns[i].MayBeMissing)
                continue;
            json.WritePropertyName(table.Columns[i].Name);
            switch (row[i])
            {
                case null:
                    json.WriteNullValue();
                    break;
                case long number:
                    json.WriteNumberValue(number);
                    break;
                case bool flag:
                    json.WriteBooleanValue(flag);
                    break;
                case byte[] text when table.Columns[i].Holds == Held.Text:
                    json.WriteStringValue(text);
                    break;
                case byte[] bytes:
                    json.WriteBase64StringValue(bytes);
                    break;
            }
        }

        json.WriteEndObject();
        json.Flush();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The line is something else.</exception>
    public static object?[] Read(ReadOnlySpan<byte> line, CopiedTable table)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            Expect(json.Read() && json.TokenType == JsonTokenType.StartObject);
            var row = new object?[table.Columns.Count];
            Expect(json.Read());
            for (var i = 0; i < row.Length; i++)
            {
                var isHere = json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals(table.Columns[i].Name);
                if (!isHere && table.Columns[i].MayBeMissing)
                    continue;
                Expect(isHere && json.Read());
                row[i] = Value(ref json, table.Columns[i]);
                Expect(json.Read());
            }

            Expect(json.TokenType == JsonTokenType.EndObject && !json.Read());
            return row;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static object? Value(ref Utf8JsonReader json, CopiedColumn column)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            Expect(column.MayBeNull);
            return null;
        }

        return column.Holds switch
        {
            Held.Flag => json.GetBoolean(),
            Held.Bytes => json.GetBytesFromBase64(),
            Held.Text => Text(ref json),
            _ => json.GetInt64(),
        };
    }

    private static byte[] Text(ref Utf8JsonReader json)
    {
        Expect(json.TokenType == JsonTokenType.String);
        if (!json.ValueIsEscaped)
            return json.ValueSpan.ToArray();
        var unescaped = ArrayPool<byte>.Shared.Rent(json.ValueSpan.Length);
        var text = unescaped.AsSpan(0, json.CopyString(unescaped)).ToArray();
        ArrayPool<byte>.Shared.Return(unescaped);
        return text;
    }

    private static void Expect(bool right)
    {
        if (!right)
            throw new FormatException("The line is no row of the table.");
    }
}
