using System.Text.RegularExpressions;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Domain.Time;

namespace Feedback.Seeds.Import.Cases;

/// <summary>Finds what is wrong with a mapping before the first row is read.</summary>
internal static partial class CaseMappingCheck
{
    public const string Yes = "yes";
    public const string No = "no";

    // Bad ratings and work orders have beginnings of their own: they never come in by a file of plain cases.
    private static readonly CaseKind[] Kinds = [CaseKind.Complaint, CaseKind.Suggestion, CaseKind.Praise, CaseKind.Question, CaseKind.Finding];

    [GeneratedRegex("^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$")]
    public static partial Regex NameShape { get; }

    /// <summary>The kind of a word that the file of cases may tell, or null.</summary>
    public static CaseKind? KindOf(string word) => CaseWords.KindOf(word) is { } kind && Kinds.Contains(kind) ? kind : null;

    /// <summary>The channel of a word, or null; nothing in a file was opened by the service itself.</summary>
    public static CaseChannel? ChannelOf(string word) => CaseWords.ChannelOf(word) is { } channel and not CaseChannel.Automatic ? channel : null;

    /// <summary>Checks what needs no file.</summary>
    /// <exception cref="MappingException">Something is wrong.</exception>
    public static void Check(CaseMapping mapping)
    {
        var problems = new List<string>();
        if (!NameShape.IsMatch(mapping.Source))
            problems.Add($"'source' is '{mapping.Source}'; it is 1 to 64 lower-case letters, digits, dots and hyphens.");
        if (mapping.Number.Column is null)
            problems.Add("'number' needs a column: a second run knows cases again by it.");
        foreach (var (name, field) in Fields(mapping).Where(one => one.Field.Column is null == one.Field.Value is null))
            problems.Add($"'{name}' needs a column or a value, and not both.");
        CheckZone("zone", mapping.Zone, problems);
        foreach (var (name, time) in Times(mapping))
        {
            if (string.IsNullOrWhiteSpace(time.Format))
                problems.Add($"'{name}.format' is empty; write one like yyyy-MM-dd HH:mm.");
            CheckZone($"{name}.zone", time.Zone ?? mapping.Zone, problems);
        }

        if (mapping.Status.Closed.IsDefaultOrEmpty)
            problems.Add("'status.closed' names no word; without one no case is ever closed.");
        problems.AddRange(mapping.Status.Closed.Intersect(mapping.Status.Open).Select(word => $"'status' says of '{word}' that it is closed, and that it is open."));
        CheckWords("kind", mapping.Kind, word => KindOf(word) is not null, "complaint, suggestion, praise, question or finding", problems);
        CheckWords("channel", mapping.Channel, word => ChannelOf(word) is not null, "window, hotline, web, phone, paper, meeting, box, qr or api", problems);
        CheckWords("anonymous", mapping.Anonymous, word => word is Yes or No, "yes or no", problems);
        foreach (var (from, name) in mapping.Category.Names)
        {
            if (name.Code is { } code && (code.Length is 0 or > CategoryTree.LongestCode || PlaceCodes.Slug(code) != code))
                problems.Add($"'category.names' gives '{from}' the code '{code}'; a code is lower-case letters, digits and hyphens.");
        }

        CheckPlace(mapping.Place, problems);
        if (problems.Count > 0)
            throw new MappingException(problems);
    }

    /// <summary>Checks that the file has every column that the mapping names.</summary>
    /// <exception cref="MappingException">A column is missing or there twice; the message lists those there are.</exception>
    public static void CheckColumns(CaseMapping mapping, IReadOnlyCollection<string> header)
    {
        var there = string.Join(", ", header.Select(column => $"'{column}'"));
        var problems = Columns(mapping).Where(one => !header.Contains(one.Column))
            .Select(one => $"'{one.Name}' names the column '{one.Column}', which the file does not have. It has {there}.").ToList();
        problems.AddRange(header.Where(column => column.Length > 0).GroupBy(column => column).Where(same => same.Count() > 1)
            .Select(same => $"The file has {same.Count()} columns called '{same.Key}'; give each a name of its own."));
        if (problems.Count > 0)
            throw new MappingException(problems);
    }

    private static void CheckPlace(CasePlaceMapping place, List<string> problems)
    {
        if (place.Under is null == place.Root is null)
            problems.Add("'place' needs either 'under' (the path of a node that exists) or 'root' (code, zh, en), and not both.");
        if (place.Root is { } root && !OrganisationRules.IsCode(root.Code))
            problems.Add($"'place.root.code' is '{root.Code}'; a code is 1 to 64 lower-case letters, digits and hyphens.");
        foreach (var step in Steps(place))
        {
            problems.AddRange(step.Names.Where(one => one.Value.Code is { } code && !OrganisationRules.IsCode(code))
                .Select(one => $"'place' gives '{one.Key}' the code '{one.Value.Code}'; a code is 1 to 64 lower-case letters, digits and hyphens."));
            problems.AddRange(((string[])[step.Code, step.Zh, step.En]).Where(form => !form.Contains("{0}", StringComparison.Ordinal))
                .Select(form => $"'place' has '{form}' for the column '{step.Column}'; without {{0}} all its units would be one."));
        }
    }

    private static void CheckZone(string name, string zone, List<string> problems)
    {
        if (HallZone.Find(zone) is null)
            problems.Add($"'{name}' is '{zone}', which is no zone of the tz database; write one like Asia/Shanghai.");
    }

    private static void CheckWords(string name, FieldMapping? field, Predicate<string> isKnown, string words, List<string> problems)
    {
        var given = (field?.Values?.Values ?? []).Concat(field is { Value: { } value, Values: null } ? [value] : []);
        problems.AddRange(given.Where(word => !isKnown(word)).Distinct().Select(word => $"'{name}' is '{word}'; it can be {words}."));
    }

    private static IEnumerable<(string Name, FieldMapping Field)> Fields(CaseMapping mapping) =>
        new (string Name, FieldMapping? Field)[] { ("number", mapping.Number), ("kind", mapping.Kind), ("channel", mapping.Channel), ("anonymous", mapping.Anonymous) }
            .Where(one => one.Field is not null).Select(one => (one.Name, one.Field!));

    private static IEnumerable<(string Name, CaseTimeMapping Time)> Times(CaseMapping mapping) =>
        new (string Name, CaseTimeMapping? Time)[] { ("created", mapping.Created), ("updated", mapping.Updated), ("closed", mapping.Closed) }
            .Where(one => one.Time is not null).Select(one => (one.Name, one.Time!));

    private static IEnumerable<PlaceStep> Steps(CasePlaceMapping place) => place.Concerns.Concat(place.Lead ?? []);

    private static IEnumerable<(string Name, string Column)> Columns(CaseMapping mapping) =>
        Fields(mapping).Where(one => one.Field.Column is not null).Select(one => (one.Name, one.Field.Column!))
            .Concat(Times(mapping).Select(one => (one.Name, one.Time.Column)))
            .Append(("status", mapping.Status.Column)).Append(("category", mapping.Category.Column))
            .Concat(Steps(mapping.Place).SelectMany(step => step.NameColumn is { } name
                ? [("place", step.Column), ("place", name)] : new[] { ("place", step.Column) }));
}
