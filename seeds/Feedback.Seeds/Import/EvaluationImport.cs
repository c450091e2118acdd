using System.Text.RegularExpressions;
using Feedback.Domain.Windows;
using Feedback.Grains.Organisation;

namespace Feedback.Seeds.Import;

/// <summary>
/// Imports evaluations from a CSV file. Identities are stable (<c>import:name</c> and the respondent's id), so that an
/// import may be stopped, repeated and resumed: what is stored already is reported as repeated and changes nothing.
/// </summary>
public static partial class EvaluationImport
{
    /// <summary>The sender of everything imported.</summary>
    public const string Terminal = "import";

    [GeneratedRegex("^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$")]
    private static partial Regex NameShape { get; }

    /// <summary>Who numbers the ids of an import.</summary>
    /// <param name="name">The import's name.</param>
    public static string SourceOf(string name) => $"{Terminal}:{name}";

    /// <summary>Reads, opens what places are missing, stores, and reports.</summary>
    /// <param name="csv">The file, with a header; read once, row by row, and left open.</param>
    /// <param name="mapping">Which column means what.</param>
    /// <param name="name">The import's name: 1 to 64 lower-case letters, digits, dots, hyphens. The same file under the same name is the same import.</param>
    /// <param name="bureau">Where missing halls and windows are opened.</param>
    /// <param name="grains">The windows.</param>
    /// <param name="clock">Measures pauses before another try.</param>
    /// <param name="errors">Takes one CSV line per row that was not taken: row, column, value, problem, mend. Nothing is written when there is none.</param>
    /// <param name="progress">Hears how far the import is, about every 500 evaluations; or null.</param>
    /// <param name="cancellation">Stops between two calls; what is stored stays.</param>
    /// <returns>What was done, in figures.</returns>
    /// <exception cref="ArgumentException">The name is misshapen.</exception>
    /// <exception cref="MappingException">The mapping does not fit the file or the organisation; nothing, or nothing more, was imported.</exception>
    /// <exception cref="ImportStoppedException">The file breaks off, or a window stays away; what was stored stays.</exception>
    public static async Task<ImportOutcome> RunAsync(
        TextReader csv, ImportMapping mapping, string name, IBureau bureau, IGrainFactory grains, TimeProvider clock,
        TextWriter errors, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (!NameShape.IsMatch(name))
            throw new ArgumentException($"'{name}' is no name of an import: 1 to 64 lower-case letters, digits, dots and hyphens.", nameof(name));
        MappingCheck.Check(mapping);
        var run = new ImportRun(
            mapping, name, new Places(mapping.Place, bureau),
            new ClaimDelivery(grains, new Sender(Terminal, null, name), clock), new ErrorReport(errors), progress);
        try
        {
            await using var rows = await CsvRows.OpenAsync(csv, mapping.Delimiter, cancellation);
            MappingCheck.CheckColumns(mapping, rows.Header);
            await run.RunAsync(rows, cancellation);
            return run.Outcome;
        }
        catch (CsvBrokenException e)
        {
            throw new ImportStoppedException($"Row {e.Row} of the file cannot be read: {e.Message}", run.Outcome);
        }
        catch (WindowAwayException e)
        {
            throw new ImportStoppedException($"{e.Message}; run the same import again.", run.Outcome);
        }
        finally
        {
            await errors.FlushAsync(CancellationToken.None);
        }
    }
}
