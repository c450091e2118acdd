using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Time;

namespace Feedback.Seeds.Import;

/// <summary>Finds what is wrong with a mapping before the first row is read.</summary>
internal static class MappingCheck
{
    /// <summary>What a grade is translated to where none was given.</summary>
    public const string Declined = "declined";

    private static readonly ImmutableDictionary<string, string> NoValues = ImmutableDictionary<string, string>.Empty;

    /// <summary>Checks what needs no file.</summary>
    /// <exception cref="MappingException">Something is wrong.</exception>
    public static void Check(ImportMapping mapping)
    {
        var problems = new List<string>();
        foreach (var (name, field) in Fields(mapping))
        {
            if (field.Column is null == field.Value is null)
                problems.Add($"'{name}' needs a column or a value, and not both.");
        }

        var place = mapping.Place;
        if (place.Under is null == place.District is null)
            problems.Add("'place' needs either 'under' (the path of a node that exists) or 'district' (code, zh, en), and not both.");
        if (HallZone.Find(place.Zone) is null)
            problems.Add($"'place.zone' is '{place.Zone}', which is no zone of the tz database; write one like Asia/Shanghai.");
        if (mapping.Id.Column is null)
            problems.Add("'id' needs a column: a second run knows rows again by it.");
        if (string.IsNullOrWhiteSpace(mapping.Date.Format))
            problems.Add("'date.format' is empty; write one like dd/MM/yyyy.");
        CheckGrades("grade", mapping.Grade, problems);
        foreach (var (code, field) in mapping.Dimensions)
            CheckGrades($"dimensions.{code}", field, problems);
        CheckWords("origin", mapping.Origin, word => Words.OriginOf(word) is not null, "active, default, callback or declined", problems);
        CheckWords("channel", mapping.Channel, word => Words.ChannelOf(word) is not null, "terminal, qr, phone, app, web, hotline or paper", problems);
        if (problems.Count > 0)
            throw new MappingException(problems);
    }

    /// <summary>Checks that the file has every column that the mapping names.</summary>
    /// <exception cref="MappingException">A column is missing; the message lists those there are.</exception>
    public static void CheckColumns(ImportMapping mapping, IReadOnlyCollection<string> header)
    {
        var there = string.Join(", ", header.Select(column => $"'{column}'"));
        var problems = Fields(mapping).Where(field => field.Field.Column is not null)
            .Select(field => (field.Name, Column: field.Field.Column!)).Append((Name: "date", mapping.Date.Column))
            .Where(field => !header.Contains(field.Column))
            .Select(field => $"'{field.Name}' names the column '{field.Column}', which the file does not have. It has {there}.").ToList();
        problems.AddRange(header.Where(column => column.Length > 0).GroupBy(column => column).Where(same => same.Count() > 1)
            .Select(same => $"The file has {same.Count()} columns called '{same.Key}'; give each a name of its own."));
        if (problems.Count > 0)
            throw new MappingException(problems);
    }

    private static void CheckGrades(string name, FieldMapping field, List<string> problems)
    {
        foreach (var (from, to) in field.Values ?? NoValues)
        {
            if (to is not (Declined or "1" or "2" or "3" or "4" or "5"))
                problems.Add($"'{name}.values' turns '{from}' into '{to}'; a grade is \"5\" to \"1\", or \"declined\".");
        }
    }

    private static void CheckWords(string name, FieldMapping? field, Predicate<string> isKnown, string words, List<string> problems)
    {
        var given = (field?.Values ?? NoValues).Values.Concat(field is { Value: { } value, Values: null } ? [value] : []);
        problems.AddRange(given.Where(word => !isKnown(word)).Distinct().Select(word => $"'{name}' is '{word}'; it can be {words}."));
    }

    private static IEnumerable<(string Name, FieldMapping Field)> Fields(ImportMapping mapping)
    {
        var fields = new (string Name, FieldMapping? Field)[]
        {
            ("place.hall", mapping.Place.Hall), ("place.window", mapping.Place.Window), ("id", mapping.Id), ("grade", mapping.Grade),
            ("origin", mapping.Origin), ("channel", mapping.Channel), ("comment", mapping.Comment), ("matter", mapping.Matter),
            ("serviceItem", mapping.ServiceItem), ("staff", mapping.Staff), ("language", mapping.Language),
        };
        return fields.Where(one => one.Field is not null).Select(one => (one.Name, one.Field!))
            .Concat(mapping.Dimensions.Select(one => ($"dimensions.{one.Key}", one.Value)));
    }
}
