using System.Collections.Immutable;
using System.Globalization;
using Feedback.Seeds.Import.Cases;

namespace Feedback.Seeds.Import.Matters;

/// <summary>A nightly list of service matters that was read whole: either every row can be taken, or <see cref="Errors"/> tells why, and there are no matters.</summary>
public sealed class MatterFile
{
    /// <summary>The most rows of one file.</summary>
    public const int MostRows = 100_000;

    private static readonly ImmutableArray<string> Known = ["matter-exists", "node-unknown", "service-item-unknown"];

    private readonly MatterMapping _mapping;
    private readonly CultureInfo _culture;

    private MatterFile(MatterMapping mapping, CultureInfo culture, long rows, ImmutableArray<ReadMatter> matters, IReadOnlyList<RowError> errors) =>
        (_mapping, _culture, Rows, Matters, Errors) = (mapping, culture, rows, errors.Count == 0 ? matters : [], errors);

    /// <summary>Rows below the header, blank lines not counted.</summary>
    public long Rows { get; }

    /// <summary>The matters in the order of the rows.</summary>
    public ImmutableArray<ReadMatter> Matters { get; }

    /// <summary>Everything that is wrong, by row, in the reader's language.</summary>
    public IReadOnlyList<RowError> Errors { get; }

    /// <summary>Reads a file to its end.</summary>
    /// <param name="file">A CSV file with a header, in UTF-8, UTF-16 with a byte order mark, or GB18030.</param>
    /// <param name="mapping">Which column means what.</param>
    /// <param name="clock">Tells which times lie in the future.</param>
    /// <param name="culture">The language of the errors.</param>
    /// <param name="cancellation">Stops between two rows.</param>
    /// <exception cref="MappingException">The mapping does not fit the columns.</exception>
    public static async Task<MatterFile> ReadAsync(
        byte[] file, MatterMapping mapping, TimeProvider clock, CultureInfo culture, CancellationToken cancellation = default)
    {
        var errors = new CaseRowErrors(culture);
        var (rows, matters) = await ListRows.ReadAsync<ReadMatter>(file, mapping.Delimiter, MostRows, errors, ReaderOf, cancellation);
        return new MatterFile(mapping, culture, rows, matters, errors.All);

        Func<CsvRow, ReadMatter?> ReaderOf(IReadOnlyList<string> header)
        {
            mapping.CheckColumns([.. header]);
            return new MatterRowReader(mapping, header, errors, clock.GetUtcNow().ToUnixTimeMilliseconds()).Read;
        }
    }

    /// <summary>The error of a row that the service does not take.</summary>
    /// <param name="matter">The row's matter.</param>
    /// <param name="code">The code of the refusal.</param>
    /// <param name="field">The member of the request that it is about; null for none.</param>
    /// <param name="title">The refusal in the service's own words, for one that has no others here.</param>
    public RowError Refused(ReadMatter matter, string code, string? field, string title)
    {
        var (column, value) = field switch
        {
            "node" => (_mapping.Node.Column, matter.Node),
            "serviceItem" => (_mapping.Item.Column, matter.Item),
            "limit" => (_mapping.Limit?.Column, matter.Limit),
            "outcome" => (_mapping.Outcome?.Column, matter.Outcome),
            "visits" => (_mapping.Visits?.Column, matter.Visits?.ToString(CultureInfo.InvariantCulture)),
            "lawfulVisits" => (_mapping.LawfulVisits?.Column, matter.LawfulVisits?.ToString(CultureInfo.InvariantCulture)),
            "acceptedAt" => (_mapping.Accepted.Column, null),
            "endedAt" => (_mapping.Ended.Column, null),
            _ => (_mapping.Number.Column, (string?)matter.Number),
        };
        var words = new CaseRowErrors(_culture);
        return Known.Contains(code)
            ? new RowError(matter.Row, column, value, words.Words("told-" + code, value), words.Words($"told-{code}.mend", value))
            : new RowError(matter.Row, column, value, words.Words("told-otherwise", value, title), words.Words("told-otherwise.mend", value));
    }
}
