using System.Text;
using System.Text.Json;
using Feedback.Domain.Journal;

namespace Feedback.Domain.Paper;

/// <summary>Commands as canonical text, in which they travel to a batch: every release can read the words of the one before. It is not kept anywhere.</summary>
public static class PaperCommandText
{
    /// <summary>The text of a command.</summary>
    public static string Write(PaperCommand command)
    {
        var text = new CanonicalWriter().BeginObject();
        switch (command)
        {
            case OpenPaperBatch c:
                text.Member("step"u8, "open").Member("node"u8, c.Node.Value).Member("from"u8, c.From.DayText()).Member("through"u8, c.Through.DayText())
                    .Member("issued"u8, c.Issued).Member("collected"u8, c.Count?.Collected).Member("counters"u8, c.Count?.Counters ?? []);
                break;
            case CountForms c:
                text.Member("step"u8, "count").Member("collected"u8, c.Collected).Member("counters"u8, c.Counters);
                break;
            case KeyForms c:
                text.Member("step"u8, "key").BeginArray("forms"u8);
                foreach (var form in c.Forms)
                    WriteForm(text.BeginObject(), form).EndObject();
                text.EndArray();
                break;
            case SpoilForm c:
                text.Member("step"u8, "spoil").Member("form"u8, c.Form).Member("reason"u8, c.Reason);
                break;
            case RecheckForm c:
                WriteForm(text.Member("step"u8, "recheck"), c.Form);
                break;
            case KeepFirst c:
                text.Member("step"u8, "keep").Member("form"u8, c.Form);
                break;
            case CorrectForm c:
                WriteForm(text.Member("step"u8, "correct"), c.Form);
                break;
            case ClosePaperBatch c:
                text.Member("step"u8, "close").Member("reason"u8, c.Reason);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No such command.");
        }

        return Encoding.UTF8.GetString(text.EndObject().Written);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else, or a command of a later release.</exception>
    public static PaperCommand Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        return EventReading.Whole<PaperCommand>(document.RootElement, root => root.Text("step") switch
        {
            "open" => new OpenPaperBatch(
                root.Node("node"), root.Day("from"), root.Day("through"), PaperTexts.Count(root, "issued"), root.TryGetProperty("collected", out _) ? ReadCount(root) : null),
            "count" => ReadCount(root),
            "key" => new KeyForms([.. root.GetProperty("forms").EnumerateArray().Select(ReadForm)]),
            "spoil" => new SpoilForm(PaperTexts.Count(root, "form"), root.TextOrNull("reason")),
            "recheck" => new RecheckForm(ReadForm(root)),
            "keep" => new KeepFirst(PaperTexts.Count(root, "form")),
            "correct" => new CorrectForm(ReadForm(root)),
            "close" => new ClosePaperBatch(root.TextOrNull("reason")),
            var other => throw new FormatException($"There is no step '{other}'."),
        });
    }

    private static CanonicalWriter WriteForm(CanonicalWriter text, ReadForm form)
    {
        text.Member("form"u8, form.Number);
        text.Answers(form.Answers);
        return text.Member("words"u8, form.Comment);
    }

    private static CountForms ReadCount(JsonElement text) => new(PaperTexts.Count(text, "collected"), text.Texts("counters"));

    private static ReadForm ReadForm(JsonElement text) => new(PaperTexts.Count(text, "form"), text.Answers(), text.TextOrNull("words"));
}
