using System.Text.Json;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;

namespace Feedback.Domain.Paper;

/// <summary>The stored text of batches: members of the kind, then <c>by</c> and <c>at</c>.</summary>
internal static class PaperTexts
{
    public static readonly EventKind[] Kinds =
    [
        Of<PaperBatchOpened>("paper.opened",
            (text, e) => text.Member("node"u8, e.Node.Value).Member("from"u8, e.From.DayText()).Member("through"u8, e.Through.DayText())
                .Member("issued"u8, e.Issued),
            (text, salt, stamp) => new()
            {
                Salt = salt, Stamp = stamp, Node = text.Node("node"), From = text.Day("from"), Through = text.Day("through"),
                Issued = Count(text, "issued"),
            }),
        Of<PaperFormsCounted>("paper.counted",
            (text, e) => text.Member("collected"u8, e.Collected).Member("counters"u8, e.Counters),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Collected = Count(text, "collected"), Counters = text.Texts("counters") }),
        Of<PaperFormBegun>("paper.begun",
            (text, e) => text.Member("form"u8, e.Form).Member("attempt"u8, e.Attempt).Member("window"u8, e.Window.Value),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Form = Count(text, "form"), Attempt = Count(text, "attempt"), Window = text.Node("window") }),
        Of<PaperFormKeyed>("paper.keyed",
            (text, e) =>
            {
                text.Member("form"u8, e.Form).Member("attempt"u8, e.Attempt);
                text.Answers(e.Answers);
                text.Member("evaluation"u8, e.Evaluation);
            },
            (text, salt, stamp) => new()
            {
                Salt = salt, Stamp = stamp, Form = Count(text, "form"), Attempt = Count(text, "attempt"), Answers = text.Answers(), Evaluation = text.Number("evaluation"),
            }),
        Of<PaperFormDropped>("paper.dropped",
            (text, e) => text.Member("form"u8, e.Form).Member("refusal"u8, e.Refusal),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Form = Count(text, "form"), Refusal = text.Text("refusal") }),
        Of<PaperFormSpoilt>("paper.spoilt",
            (text, e) => text.Member("form"u8, e.Form).Member("reason"u8, e.Reason),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Form = Count(text, "form"), Reason = text.TextOrNull("reason") }),
        Of<PaperFormRechecked>("paper.rechecked",
            (text, e) =>
            {
                text.Member("form"u8, e.Form);
                text.Answers(e.Answers);
                text.Member("differences"u8, e.Differences);
            },
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Form = Count(text, "form"), Answers = text.Answers(), Differences = text.Texts("differences") }),
        Of<PaperFirstKept>("paper.first-kept",
            (text, e) => text.Member("form"u8, e.Form),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Form = Count(text, "form") }),
        Of<PaperBatchClosed>("paper.closed",
            (text, e) => text.Member("valid"u8, e.Valid).Member("spoilt"u8, e.Spoilt).Member("reason"u8, e.Reason),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Valid = Count(text, "valid"), Spoilt = Count(text, "spoilt"), Reason = text.TextOrNull("reason") }),
    ];

    /// <summary>Answers, as events and commands have them.</summary>
    public static void Answers(this CanonicalWriter text, PaperAnswers answers)
    {
        text.Member("window"u8, answers.Window.Value).Member("day"u8, answers.Day.DayText()).Member("grade"u8, (byte)answers.Grade);
        if (answers.Dimensions.Length > 0)
        {
            text.BeginObject("dimensions"u8);
            foreach (var dimension in answers.Dimensions)
                text.Name(dimension.Code).Value((byte)dimension.Grade);
            text.EndObject();
        }

        text.Member("serviceItem"u8, answers.ServiceItem).Flag("comment"u8, answers.HasComment);
    }

    /// <summary>Reads what <see cref="Answers(CanonicalWriter, PaperAnswers)"/> wrote.</summary>
    public static PaperAnswers Answers(this JsonElement text) => new()
    {
        Window = text.Node("window"),
        Day = text.Day("day"),
        Grade = text.GradeOrNull("grade") ?? throw new FormatException("Member 'grade' is missing."),
        Dimensions = text.TryGetProperty("dimensions", out var dimensions)
            ? [.. dimensions.EnumerateObject().Select(member => new DimensionGrade(member.Name, member.Value.AsGrade(member.Name)))]
            : [],
        ServiceItem = text.TextOrNull("serviceItem"),
        HasComment = text.Flag("comment"),
    };

    /// <summary>A count, or a number of a form.</summary>
    public static int Count(JsonElement text, string name) =>
        text.NumberOrNull(name, 0, int.MaxValue) ?? throw new FormatException($"Member '{name}' is missing.");

    private static EventKind Of<T>(string name, Action<CanonicalWriter, T> write, Func<JsonElement, Opaque, PaperStamp, T> read)
        where T : PaperEvent => EventKind.Of<T>(
            name, 1,
            (text, e) =>
            {
                write(text, e);
                text.Member("by"u8, e.Stamp.By).Member("at"u8, e.Stamp.At);
            },
            (text, salt) => read(text, salt, new PaperStamp(text.Number("at"), text.Text("by"))));
}
