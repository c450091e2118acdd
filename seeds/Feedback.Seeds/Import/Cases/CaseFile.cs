using System.Collections.Immutable;
using System.Globalization;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;

namespace Feedback.Seeds.Import.Cases;

/// <summary>A file of cases that was read whole: either every row can be taken, or nothing is imported and <see cref="Errors"/> tells why.</summary>
public sealed class CaseFile
{
    /// <summary>The most rows of one file: all are held at once, as one wrong row stops them all.</summary>
    public const int MostRows = 500_000;

    private readonly ImmutableArray<ReadCase> _cases;
    private readonly CaseMapping _mapping;

    private CaseFile(CaseMapping mapping, long rows, ImmutableArray<ReadCase> cases, IReadOnlyList<RowError> errors, ImmutableArray<NamedPlace> places, ImmutableArray<Category> categories) =>
        (_mapping, Rows, _cases, Errors, Places, Categories) = (mapping, rows, errors.Count == 0 ? cases : [], errors, places, categories);

    /// <summary>Rows below the header, blank lines not counted.</summary>
    public long Rows { get; }

    /// <summary>Everything that is wrong, by row, in the reader's language.</summary>
    public IReadOnlyList<RowError> Errors { get; }

    /// <summary>The units that rows name, those above first.</summary>
    public ImmutableArray<NamedPlace> Places { get; }

    /// <summary>The categories that rows name.</summary>
    public ImmutableArray<Category> Categories { get; }

    /// <summary>Reads a file to its end; nothing is stored.</summary>
    /// <param name="csv">The file, with a header; left open.</param>
    /// <param name="mapping">Which column means what.</param>
    /// <param name="clock">Tells which times lie in the future.</param>
    /// <param name="culture">The language of the errors.</param>
    /// <param name="cancellation">Stops between two rows.</param>
    /// <exception cref="MappingException">The mapping contradicts itself, or does not fit the columns.</exception>
    public static async Task<CaseFile> ReadAsync(
        TextReader csv, CaseMapping mapping, TimeProvider clock, CultureInfo culture, CancellationToken cancellation = default)
    {
        CaseMappingCheck.Check(mapping);
        var (errors, paths, categories) = (new CaseRowErrors(culture), new CasePaths(mapping.Place), new CaseCategories(mapping.Category));
        var cases = ImmutableArray.CreateBuilder<ReadCase>();
        var rows = 0L;
        try
        {
            await using var file = await CsvRows.OpenAsync(csv, mapping.Delimiter, cancellation);
            if (file.Header.All(column => column.Length == 0))
                throw new CsvBrokenException(1, "The header is blank.");
            CaseMappingCheck.CheckColumns(mapping, file.Header);
            var reader = new CaseRowReader(mapping, file.Header, categories, paths, errors, clock.GetUtcNow().ToUnixTimeMilliseconds());
            await foreach (var row in file.ReadAsync(cancellation))
            {
                if (++rows > MostRows)
                {
                    errors.Add(row.Number, null, "too-many", null, MostRows);
                    break;
                }

                if (reader.Read(row) is { } read)
                    cases.Add(read);
            }

            if (rows == 0)
                errors.Add(0, null, "empty");
        }
        catch (CsvBrokenException e)
        {
            errors.Add(e.Row, null, e.Row == 1 && rows == 0 ? "empty" : "broken");
        }

        return new CaseFile(mapping, rows, cases.DrainToImmutable(), errors.All, paths.Named, categories.Found);
    }

    /// <summary>The units that rows name and the organisation does not have, those above first.</summary>
    public ImmutableArray<NamedPlace> Missing(OrganisationTree tree) => [.. Places.Where(place => tree.Find(place.Path) is null)];

    /// <summary>The categories that rows name and the bureau does not have.</summary>
    public ImmutableArray<Category> Missing(CategoryTree categories) => [.. Categories.Where(category => categories.Find(category.Code) is null)];

    /// <summary>The cases at the nodes of an organisation, in the order of the rows; none where there are <see cref="Errors"/>.</summary>
    /// <exception cref="MappingException">The organisation does not have a unit that a row names.</exception>
    public ImmutableArray<ImportedCase> CasesAt(OrganisationTree tree)
    {
        if (_mapping.Place.Under is { } under && tree.Find(under) is null)
            throw new MappingException([$"'place.under' is '{under}'; there is no such node."]);
        if (Missing(tree) is [var first, ..] missing)
            throw new MappingException([$"The organisation lacks {missing.Length} units that the file names, such as '{first.Path}'; import them first."]);
        return
        [
            .. _cases.Select(read => new ImportedCase(
                _mapping.Source, read.Number, read.Kind, read.Channel, tree.Find(read.Node)!.Id, tree.Find(read.Lead)!.Id, read.Opened)
            {
                Category = read.Category,
                Closed = read.Closed,
                Anonymous = read.Anonymous,
            }),
        ];
    }

    /// <summary>A register of units for <c>import organisation</c>, in CSV with headings of the reader's language.</summary>
    /// <param name="places">The units, those above first.</param>
    /// <param name="culture">The language of the headings.</param>
    /// <param name="to">Takes the text.</param>
    public Task WriteRegisterAsync(IEnumerable<NamedPlace> places, CultureInfo culture, TextWriter to) =>
        CaseRegister.WriteAsync(places, _mapping.Zone, culture, to);
}
