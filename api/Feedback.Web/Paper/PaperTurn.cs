using System.Collections.Immutable;
using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Paper;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;
using Feedback.Grains.Paper;
using Feedback.Web.Words;

namespace Feedback.Web.Paper;

/// <summary>One turn of whoever keys forms: what they typed, what becomes of it, and which number comes next.</summary>
internal static class PaperTurn
{
    /// <summary>What the name of a dimension's field begins with.</summary>
    public const string DimensionPrefix = "dimension-";

    private const int LongestComment = 1_000;
    private static readonly string[] Fields = ["number", "window", "day", "grade", "item", "comment", "spoilt"];

    /// <summary>The number that comes next: the first behind the last one that nothing is known of; of the sample, where forms are keyed again, the first that somebody else keyed.</summary>
    public static string Next(PaperState state, PaperMode mode, int last, string by)
    {
        if (mode == PaperMode.Recheck)
            return state.ToRecheck.FirstOrDefault(number => state.Of(number).Keyed!.Stamp.By != by) is > 0 and var drawn ? Text(drawn) : "";
        var free = Enumerable.Range(1, state.Opened!.Issued).Where(number => state.Of(number) is { Keyed: null, Spoilt: null }).ToList();
        return free.Count == 0 ? "" : Text(free.Find(number => number > last) is > 0 and var next ? next : free[0]);
    }

    /// <summary>What was typed, by field.</summary>
    public static Dictionary<string, string> Typed(IFormCollection form) => Fields.Concat(form.Keys.Where(key => key.StartsWith(DimensionPrefix, StringComparison.Ordinal)))
        .ToDictionary(name => name, name => form[name].ToString().ReplaceLineEndings("\n").Trim());

    /// <summary>What was done, in words; null for nothing.</summary>
    public static string? Said(PageWords words, string done, int number) => done switch
    {
        "keyed" or "repeated" or "spoilt" or "free" or "rechecked" or "corrected" or "kept" => words.Say("paper-done-" + done, number),
        "counted" or "closed" => words["paper-done-" + done],
        _ => null,
    };

    /// <summary>Does what was typed.</summary>
    /// <returns>What was done; or why it was not.</returns>
    public static async Task<(string Done, Refusal? Refusal)> PerformAsync(
        HttpContext http, PaperDesk desk, PaperForms forms, PaperState state, PaperMode mode, Dictionary<string, string> typed, IFormCollection form)
    {
        var (scope, by) = (http.GetCaller().ScopeHere, http.GetCaller().Caller.Name);
        if (NumberOf(typed["number"]) is not { } number)
            return ("", new Refusal("count-invalid", "number", $"1–{Text(state.Opened!.Issued)}"));
        if (mode == PaperMode.Key && typed["spoilt"] is { Length: > 0 } reason)
        {
            if (typed["grade"].Length > 0)
                return ("", new Refusal("member-unsuited", "grade", "spoilt"));
            var isFree = reason == "free";
            if (!isFree && !PaperWords.SpoiltReasons.Contains(reason))
                return ("", new Refusal("word-unknown", "spoilt", reason));
            return (isFree ? "free" : "spoilt", (await desk.PerformAsync(state.Id, new PaperRequest(new SpoilForm(number, isFree ? null : reason), by))).Refusal);
        }

        var (read, unfit) = Read(forms, state, number, typed, scope);
        if (read is null)
            return ("", unfit);
        switch (mode)
        {
            case PaperMode.Recheck:
                return ("rechecked", (await desk.PerformAsync(state.Id, new PaperRequest(new RecheckForm(read), by))).Refusal);
            case PaperMode.Correct:
                var seen = long.TryParse(form["version"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
                return ("corrected", await desk.CorrectAsync(http, state, read, seen));
            default:
                var (keyed, refusal) = await desk.KeyAsync(state.Id, [read], by);
                return (keyed is { Repeated: > 0 } ? "repeated" : "keyed", refusal ?? keyed!.Refused.Select(one => one.Refusal).FirstOrDefault());
        }
    }

    /// <summary>A number, in digits; null for anything else.</summary>
    public static int? NumberOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A day as a browser's field writes it; null for anything else.</summary>
    public static DateOnly? DayOf(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1970 and < 9999 ? day : null;

    private static (ReadForm? Form, Refusal? Refusal) Read(PaperForms forms, PaperState state, int number, Dictionary<string, string> typed, NodeScope scope)
    {
        if (GradeOf(typed["grade"]) is not { } grade)
            return (null, typed["grade"].Length == 0 ? new Refusal("grade-missing", "grade") : new Refusal("grade-out-of-range", "grade", typed["grade"]));
        var dimensions = ImmutableArray.CreateBuilder<DimensionGrade>();
        foreach (var (field, text) in typed.Where(one => one.Key.StartsWith(DimensionPrefix, StringComparison.Ordinal) && one.Value.Length > 0).OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (!PaperRules.IsClean(field))
                return (null, new Refusal("text-invalid", "grade"));
            if (GradeOf(text) is not { } given)
                return (null, new Refusal("grade-out-of-range", field, text));
            dimensions.Add(new DimensionGrade(field[DimensionPrefix.Length..], given));
        }

        if (typed["day"].Length > 0 && DayOf(typed["day"]) is null)
            return (null, new Refusal("day-invalid", "day", typed["day"]));
        // A comment is kept sealed, and may be of several lines; everything else is kept in the open.
        if (PaperRules.TextRefused(NullIfEmpty(typed["item"]), "item", PaperRules.LongestItem) is { } unkept)
            return (null, unkept);
        if (typed["comment"].Length > LongestComment)
            return (null, new Refusal("text-too-long", "comment", Text(LongestComment)));
        if (!PaperRules.IsClean(typed["comment"].Replace('\n', ' ').Replace('\t', ' ')))
            return (null, new Refusal("text-invalid", "comment"));
        return forms.Read(state, new TypedForm(number, grade)
        {
            Window = NullIfEmpty(typed["window"]),
            Day = DayOf(typed["day"]),
            Dimensions = dimensions.ToImmutable(),
            ServiceItem = NullIfEmpty(typed["item"]),
            Comment = NullIfEmpty(typed["comment"]),
        }, scope);
    }

    private static Grade? GradeOf(string text) => NumberOf(text) is >= 1 and <= 5 and var grade ? (Grade)grade : null;

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
