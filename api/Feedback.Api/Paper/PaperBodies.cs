using System.Globalization;
using System.Text.Json;
using Feedback.Api.Bodies;
using Feedback.Api.Evaluations;
using Feedback.Api.Intake;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Paper;

namespace Feedback.Api.Paper;

/// <summary>A batch that is opened.</summary>
/// <param name="Node">The id or path of the hall or window whose forms they are.</param>
/// <param name="From">The first local day of the period; the first of its last day's month when left out.</param>
/// <param name="Through">The last local day of the period; today when left out.</param>
/// <param name="Issued">How many forms were handed out, 1 to 5,000.</param>
/// <param name="Collected">How many came back, counted by hand; left out where they are still out.</param>
/// <param name="Counters">The two accounts that counted them; with 'collected' only.</param>
/// <param name="Id">The client's own id of the request, at most 100 characters: a retry carries the same and opens one batch, and another request under it is refused.</param>
public sealed record PaperOpeningBody(string Node, DateOnly? From, DateOnly? Through, int Issued, int? Collected, IReadOnlyList<string>? Counters, string? Id);

/// <summary>The count of the forms that came back.</summary>
/// <param name="Collected">How many.</param>
/// <param name="Counters">The two accounts that counted them.</param>
public sealed record PaperCountBody(int Collected, IReadOnlyList<string> Counters);

/// <summary>A form as it was read from the paper.</summary>
/// <param name="Form">Its number in the batch.</param>
/// <param name="Grade">The overall grade, 1 to 5.</param>
/// <param name="Dimensions">Grades by the code of the dimension.</param>
/// <param name="Window">The window's id, its path, or its code below the batch's place; needed where the batch is not a window's.</param>
/// <param name="Day">The local day within the period; its last one when left out.</param>
/// <param name="ServiceItem">The service item's code.</param>
/// <param name="Comment">The citizen's words, at most 1,000 characters.</param>
public sealed record PaperFormBody(
    int Form, int Grade, IReadOnlyDictionary<string, int>? Dimensions, string? Window, DateOnly? Day, string? ServiceItem, string? Comment);

/// <summary>Forms that are keyed.</summary>
/// <param name="Forms">At most 500, each number once.</param>
public sealed record PaperFormsBody(IReadOnlyList<PaperFormBody> Forms);

/// <summary>A form that cannot be counted.</summary>
/// <param name="Form">Its number.</param>
/// <param name="Reason">blank, illegible, no-grade, two-grades, torn, twice, not-ours or other; null to take it back.</param>
public sealed record SpoiltFormBody(int Form, string? Reason);

/// <summary>What is right of a form: what was keyed first, or what is told here instead.</summary>
/// <param name="Form">Its number.</param>
/// <param name="Keep">True: what was keyed first is right, and no more is told.</param>
/// <param name="Grade">The overall grade as it is on the paper, 1 to 5.</param>
/// <param name="Dimensions">Grades by the code of the dimension.</param>
/// <param name="Window">The window.</param>
/// <param name="Day">The local day.</param>
/// <param name="ServiceItem">The service item's code.</param>
/// <param name="Comment">The citizen's words.</param>
public sealed record SolvedFormBody(
    int Form, bool? Keep, int? Grade, IReadOnlyDictionary<string, int>? Dimensions, string? Window, DateOnly? Day, string? ServiceItem, string? Comment);

/// <summary>The end of a batch.</summary>
/// <param name="Reason">Why not as many forms are keyed and spoilt as were counted, at most 300 characters; left out where they are.</param>
public sealed record PaperClosingBody(string? Reason);

/// <summary>Reads what is sent about batches, member by member.</summary>
internal static class PaperBodies
{
    private const int LongestId = 100;
    private const int LongestName = 256;
    private const int MostNames = 10;
    private const int MostCounted = 1_000_000;

    public static (string Node, DateOnly? From, DateOnly? Through, int Issued, CountForms? Count, string? Id) Opening(JsonElement body)
    {
        (string? node, DateOnly? from, DateOnly? through, int? issued, int? collected, List<string>? counters, string? id) = (null, null, null, null, null, null, null);
        BodyMembers.Each(body, (name, value) =>
        {
            switch (name)
            {
                case "node": node = Members.Text(value, name, EvaluationReader.LongestPath); return true;
                case "from": from = DayOf(value, name); return true;
                case "through": through = DayOf(value, name); return true;
                case "issued": issued = CountOf(value, name); return true;
                case "collected": collected = CountOf(value, name); return true;
                case "counters": counters = NamesOf(value, name); return true;
                case "id": id = OptionalMember.Text(value, name, LongestId); return true;
                default: return false;
            }
        });
        return (node ?? throw Missing("node"), from, through, issued ?? throw Missing("issued"), CountOf(collected, counters), id);
    }

    public static CountForms Count(JsonElement body)
    {
        (int? collected, List<string>? counters) = (null, null);
        BodyMembers.Each(body, (name, value) =>
        {
            switch (name)
            {
                case "collected": collected = CountOf(value, name); return true;
                case "counters": counters = NamesOf(value, name); return true;
                default: return false;
            }
        });
        return CountOf(collected ?? throw Missing("collected"), counters)!;
    }

    private static CountForms? CountOf(int? collected, List<string>? counters) => (collected, counters) switch
    {
        (null, null) => null,
        ({ } many, { } names) => new CountForms(many, [.. names]),
        (null, _) => throw Missing("collected"),
        _ => throw Missing("counters"),
    };

    public static IReadOnlyList<TypedForm> Forms(JsonElement body)
    {
        List<TypedForm>? forms = null;
        BodyMembers.Each(body, (name, value) =>
        {
            if (name != "forms")
                return false;
            if (value.ValueKind != JsonValueKind.Array)
                throw Members.Refuse("list-expected", name);
            forms = [.. value.EnumerateArray().Select((one, index) => Form(one, string.Create(CultureInfo.InvariantCulture, $"forms[{index}].")))];
            return true;
        });
        return forms ?? throw Missing("forms");
    }

    public static TypedForm Form(JsonElement body) => Form(body, "");

    public static (int Form, TypedForm? Corrected) Solved(JsonElement body)
    {
        var keep = false;
        var form = Form(body, "", value => keep = OptionalMember.Flag(value, "keep") ?? false);
        if (!keep && form.Grade == 0)
            throw Missing("grade");
        if (!keep)
            return (form.Form, form);
        if (form != new TypedForm(form.Form, 0))
            throw Members.Refuse("member-unsuited", "grade", "keep");
        return (form.Form, null);
    }

    public static (int Form, string? Reason) Spoilt(JsonElement body)
    {
        var (form, reason) = ((int?)null, (string?)null);
        BodyMembers.Each(body, (name, value) =>
        {
            switch (name)
            {
                case "form": form = CountOf(value, name); return true;
                case "reason": reason = OptionalMember.Text(value, name, EvaluationReader.LongestCode); return true;
                default: return false;
            }
        });
        return (form ?? throw Missing("form"), reason);
    }

    public static string? Reason(JsonElement body)
    {
        string? reason = null;
        BodyMembers.Each(body, (name, value) =>
        {
            if (name == "reason")
                reason = OptionalMember.Code(value, name, PaperRules.LongestReason);
            return name == "reason";
        });
        return reason;
    }

    private static TypedForm Form(JsonElement body, string before, Action<JsonElement>? keep = null)
    {
        (int? number, Grade? grade) = (null, null);
        var form = new TypedForm(0, 0);
        BodyMembers.Each(body, (name, value) =>
        {
            var field = before + name;
            switch (name)
            {
                case "form": number = CountOf(value, field); return true;
                case "grade": grade = (Grade?)OptionalMember.Grade(value, field); return true;
                case "dimensions" when value.ValueKind == JsonValueKind.Null: return true;
                case "dimensions": form = form with { Dimensions = EvaluationReader.DimensionsOf(value) }; return true;
                case "window": form = form with { Window = OptionalMember.Text(value, field, EvaluationReader.LongestPath) }; return true;
                case "day": form = form with { Day = DayOf(value, field) }; return true;
                case "serviceItem": form = form with { ServiceItem = OptionalMember.Code(value, field, EvaluationReader.LongestCode) }; return true;
                case "comment": form = form with { Comment = OptionalMember.Text(value, field, EvaluationReader.LongestComment, multiline: true) }; return true;
                case "keep" when keep is not null: keep(value); return true;
                default: return false;
            }
        });
        return form with { Form = number ?? throw Missing(before + "form"), Grade = grade ?? (keep is null ? throw Missing(before + "grade") : default(Grade)) };
    }

    private static DateOnly? DayOf(JsonElement value, string field) =>
        OptionalMember.Text(value, field, 64) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1970 and < 9999 ? day
        : throw Members.Refuse("day-invalid", field, text);

    // Which counts are possible is told by the rules.
    private static int CountOf(JsonElement value, string field) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count is >= 0 and <= MostCounted ? count
        : throw Members.Refuse("count-invalid", field, string.Create(CultureInfo.InvariantCulture, $"0–{MostCounted}"));

    private static List<string> NamesOf(JsonElement value, string field)
    {
        if (value.ValueKind != JsonValueKind.Array)
            throw Members.Refuse("list-expected", field);
        return value.GetArrayLength() > MostNames
            ? throw Members.Refuse("list-too-long", field, MostNames.ToString(CultureInfo.InvariantCulture))
            : [.. value.EnumerateArray().Select((one, index) => Members.Text(one, string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]"), LongestName))];
    }

    private static RefusedException Missing(string field) => Members.Refuse("member-missing", field);
}
