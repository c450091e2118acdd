using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Feedback.Domain.Cases;
using Feedback.Domain.WorkingTime;

namespace Feedback.Grains.Notices;

/// <summary>
/// What a hook is sent: a CloudEvent 1.0 in structured JSON. It tells of the case as it was right after the event, holds no personal
/// text, nobody's name and no grade, and is the same text whenever it is made.
/// </summary>
internal static class CaseCloudEvent
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text.</summary>
    /// <param name="id">Its identity; with the source it is unique.</param>
    /// <param name="source">The service that tells it.</param>
    /// <param name="word">What happened: one of <see cref="CaseNews.Words"/>.</param>
    /// <param name="happened">The event.</param>
    /// <param name="after">The case after it.</param>
    public static byte[] Write(string id, string source, string word, CaseEvent happened, CaseState after)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var text = new Utf8JsonWriter(buffer, Plain))
        {
            text.WriteStartObject();
            text.WriteString("specversion", "1.0");
            text.WriteString("id", id);
            text.WriteString("source", source);
            text.WriteString("type", "feedback.case." + word);
            text.WriteString("subject", after.Intake.Number);
            text.WriteString("time", Time(happened.Stamp.At));
            text.WriteString("datacontenttype", "application/json");
            text.WriteStartObject("data");
            WriteData(text, happened, after);
            text.WriteEndObject();
            text.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteData(Utf8JsonWriter text, CaseEvent happened, CaseState after)
    {
        var intake = after.Intake;
        text.WriteString("case", after.Id.Value);
        text.WriteNumber("version", after.Version);
        text.WriteString("number", intake.Number);
        text.WriteString("kind", intake.Kind.Word());
        text.WriteString("channel", intake.Channel.Word());
        text.WriteString("stage", after.Stage.Word());
        text.WriteString("node", intake.Node.Value);
        text.WriteString("lead", after.Lead.Value);
        Optional(text, "category", after.Category);
        if (intake.External is { } external)
        {
            text.WriteStartObject("external");
            text.WriteString("source", external.Source);
            text.WriteString("number", external.Number);
            text.WriteEndObject();
        }

        text.WriteString("day", happened.Stamp.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        switch (happened)
        {
            case CaseHandled e:
                text.WriteString("result", e.Result);
                break;
            case CaseFeedbackGiven e:
                text.WriteString("outcome", e.Outcome.Word());
                break;
            case CaseClosed e:
                text.WriteString("ending", e.Ending.Word());
                break;
            case CaseAccountabilityOpened e:
                Optional(text, "clock", e.Clock?.Word());
                Optional(text, "deadline", e.Deadline is { } deadline ? Time(deadline) : null);
                break;
        }
    }

    private static void Optional(Utf8JsonWriter text, string name, string? value)
    {
        if (value is not null)
            text.WriteString(name, value);
    }

    // RFC 3339, in UTC.
    private static string Time(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
