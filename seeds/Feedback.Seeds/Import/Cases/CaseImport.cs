using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Grains.Cases;

namespace Feedback.Seeds.Import.Cases;

/// <summary>What an import of cases did. A second run of the same file differs only in what was opened and closed.</summary>
/// <param name="Cases">Cases of the file.</param>
/// <param name="Opened">Opened by this run.</param>
/// <param name="Closed">Closed by this run.</param>
/// <param name="Refused">Cases that were not taken, by their number in the file.</param>
public sealed record CaseImportOutcome(long Cases, long Opened, long Closed, ImmutableArray<(string Number, Refusal Refusal)> Refused)
{
    /// <summary>Cases that an earlier run had opened.</summary>
    public long Repeated => Cases - Opened - Refused.Length;
}

/// <summary>How far an import of cases is.</summary>
/// <param name="Cases">Cases of the file.</param>
/// <param name="Settled">Of those: what became of them is known.</param>
public readonly record struct CaseImportProgress(long Cases, long Settled);

/// <summary>
/// Stores the cases of a file that was read without an error. It may be stopped, repeated and resumed: cases are known again by their source
/// and number, and what is stored already changes nothing.
/// </summary>
public static class CaseImport
{
    /// <summary>Whether a text can be the name of an import: 1 to 64 lower-case letters, digits, dots, hyphens.</summary>
    public static bool IsName(string text) => CaseMappingCheck.NameShape.IsMatch(text);

    /// <summary>Stores cases, batch by batch.</summary>
    /// <param name="cases">The cases, as <see cref="CaseFile.CasesAt"/> gives them.</param>
    /// <param name="name">The name of the import (<see cref="IsName"/>).</param>
    /// <param name="store">Where they are stored.</param>
    /// <param name="progress">Hears how far the import is after each batch; or null.</param>
    /// <param name="cancellation">Stops between two batches; what is stored stays.</param>
    /// <exception cref="ArgumentException">The name is misshapen.</exception>
    public static async Task<CaseImportOutcome> RunAsync(
        ImmutableArray<ImportedCase> cases, string name, ICaseImport store, IProgress<CaseImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (!IsName(name))
            throw new ArgumentException($"'{name}' is no name of an import: 1 to 64 lower-case letters, digits, dots and hyphens.", nameof(name));
        var (opened, closed, settled) = (0L, 0L, 0L);
        var refused = ImmutableArray.CreateBuilder<(string, Refusal)>();
        foreach (var batch in cases.Chunk(ICaseImport.Most))
        {
            var results = await store.ImportAsync(name, batch, cancellation);
            for (var at = 0; at < batch.Length; at++)
            {
                opened += results[at].Opened ? 1 : 0;
                closed += results[at].Closed ? 1 : 0;
                if (results[at].Refusal is { } refusal)
                    refused.Add((batch[at].Number, refusal));
            }

            progress?.Report(new CaseImportProgress(cases.Length, settled += batch.Length));
        }

        return new CaseImportOutcome(cases.Length, opened, closed, refused.DrainToImmutable());
    }
}
