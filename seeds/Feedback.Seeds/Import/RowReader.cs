using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Time;

namespace Feedback.Seeds.Import;

/// <summary>Turns the cells of a row into what a respondent said, by the mapping.</summary>
/// <param name="mapping">The mapping, checked against the header.</param>
/// <param name="header">The file's columns.</param>
/// <param name="source">Who numbers the ids.</param>
internal sealed class RowReader(ImportMapping mapping, IReadOnlyList<string> header, string source)
{
    private const int LongestId = 128;
    private const int LongestCode = 64;
    private const int LongestName = 200;

    /// <summary>The longest comment that is stored, in characters.</summary>
    public const int LongestComment = 1000;

    private readonly Cells _cells = new(mapping, header);
    private readonly DateReader _dates = new(mapping.Date.Format, HallZone.Get(mapping.Place.Zone));

    /// <summary>Reads a row.</summary>
    /// <exception cref="RowErrorException">A cell cannot be taken.</exception>
    public ReadRow Read(CsvRow row)
    {
        if (row.Cells.Length < header.Count || row.Cells.Skip(header.Count).Any(cell => !string.IsNullOrWhiteSpace(cell)))
        {
            throw new RowErrorException(new RowError(row.Number, null, null,
                $"The row has {row.Cells.Length} cells and the header {header.Count}.", "A cell that holds a separator needs quotes around it."));
        }

        var time = DateOf(row);
        var grade = GradeOf(row, mapping.Grade) ?? throw NoGrade(row);
        var declined = grade == Cells.DeclinedGrade;
        return new ReadRow(
            row.Number,
            mapping.Place.Hall is null ? null : NameOf(row, mapping.Place.Hall, "hall"),
            NameOf(row, mapping.Place.Window, "window"),
            HallZone.Get(mapping.Place.Zone).LocalTime(time.UtcMilliseconds).Day,
            new Evaluation
            {
                Id = Required(row, mapping.Id, "id", LongestId),
                Source = source,
                Window = default,
                OccurredAt = time,
                Grade = declined ? null : (Grade)grade,
                Origin = declined ? Origin.Declined : OriginOf(row),
                Dimensions = DimensionsOf(row),
                ServiceItem = Optional(row, mapping.ServiceItem, LongestCode),
                Staff = Optional(row, mapping.Staff, LongestCode),
                Channel = Words.ChannelOf(Required(row, mapping.Channel, "channel", LongestCode)) ?? throw Unknown(row, mapping.Channel, "channel"),
                Language = Optional(row, mapping.Language, LongestCode),
            },
            Optional(row, mapping.Matter, LongestCode),
            mapping.Comment is null ? null : _cells.Text(row, mapping.Comment, LongestComment, multiline: true));
    }

    private string Required(CsvRow row, FieldMapping field, string what, int longest) =>
        _cells.Text(row, field, longest) ?? throw _cells.Error(row, field,
            $"There is no {what}.", "Fill the cell, or say in the mapping's values what a blank one stands for.");

    private string? Optional(CsvRow row, FieldMapping? field, int longest) => field is null ? null : _cells.Text(row, field, longest);

    // The same place is often written with one blank more or less.
    private string NameOf(CsvRow row, FieldMapping field, string what) =>
        string.Join(' ', Required(row, field, what, LongestName).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private Moment DateOf(CsvRow row)
    {
        var field = new FieldMapping { Column = mapping.Date.Column };
        return _dates.Read(Required(row, field, "date", LongestCode))
            ?? throw _cells.Error(row, field, $"This is no date as {mapping.Date.Format}, or one before 1970.", "Mend the date, or the mapping's date.format.");
    }

    private Origin OriginOf(CsvRow row)
    {
        if (mapping.Origin is null)
            return Origin.Active;
        var origin = Words.OriginOf(Required(row, mapping.Origin, "origin", LongestCode)) ?? throw Unknown(row, mapping.Origin, "origin");
        return origin == Origin.Declined
            ? throw _cells.Error(row, mapping.Origin, "The origin is declined and yet there is a grade.", "Take the grade out, or mend the origin.")
            : origin;
    }

    private byte? GradeOf(CsvRow row, FieldMapping field) =>
        _cells.Grade(row, field) is not { } text ? null
        : text == MappingCheck.Declined ? Cells.DeclinedGrade
        : text is [>= '1' and <= '5'] ? (byte)(text[0] - '0')
        : throw _cells.Error(row, field, "This is no grade.", "A grade is 5 to 1; translate others in the mapping's values.");

    private RowErrorException NoGrade(CsvRow row) => _cells.Error(row, mapping.Grade,
        "There is no grade.", "Fill the cell, or translate blank ones to declined in the mapping's grade.values.");

    private ImmutableArray<DimensionGrade> DimensionsOf(CsvRow row) =>
    [
        .. mapping.Dimensions.Select(one => (one.Key, Grade: GradeOf(row, one.Value)))
            .Where(one => one.Grade is not (null or Cells.DeclinedGrade))
            .OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => new DimensionGrade(one.Key, (Grade)one.Grade!)),
    ];

    private RowErrorException Unknown(CsvRow row, FieldMapping field, string what) =>
        _cells.Error(row, field, $"This {what} is not known.", "Translate it in the mapping's values.");
}
