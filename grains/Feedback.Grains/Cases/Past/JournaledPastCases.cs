using System.Collections.Immutable;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;

namespace Feedback.Grains.Cases;

/// <summary>Appends cases of the past, each in one unit. Whoever else begins one of these streams notices by its version, as with every append.</summary>
internal sealed class JournaledPastCases(
    IJournal journal, IPersonalStore personal, PersonalCipher cipher, IBureau bureau, CaseDesk desk, TimeProvider clock) : IPastCases
{
    // Numbers are drawn from ten million of a day: five that are all taken do not happen.
    private const int Attempts = 5;

    private readonly CaseSeal _seal = new(cipher, personal);

    /// <inheritdoc/>
    public async Task<ImmutableArray<PastCaseResult>> StoreAsync(IReadOnlyList<PastCase> cases, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cases.Count, IPastCases.Most, nameof(cases));
        var heads = await journal.HeadsAsync([.. cases.Select(one => StreamName.Case(one.Id))], cancellation);
        var stored = new List<Task<PastCaseResult>>();
        foreach (var one in cases)
            stored.Add(heads[StreamName.Case(one.Id)] > 0 ? Task.FromResult(default(PastCaseResult)) : StoreAsync(one, cancellation));
        // At once, so that they share transactions.
        return [.. await Task.WhenAll(stored)];
    }

    private async Task<PastCaseResult> StoreAsync(PastCase past, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (known, now) = (bureau.Current, clock.GetUtcNow().ToUnixTimeMilliseconds());
            var tale = new PastCaseTale(past.Id, desk, _seal);
            foreach (var (index, step) in past.Steps.Index())
            {
                if (await tale.TakeAsync(step, attempt, known) is { } refusal)
                    return new PastCaseResult(Stored: false, refusal, index);
            }

            await tale.RingAsync(now, known);
            try
            {
                await journal.WriteAsync(tale.Unit(known, now));
                return new PastCaseResult(Stored: true);
            }
            catch (CaseTakenException e) when (!e.IsExternal && attempt < Attempts)
            {
                // The number is drawn again.
            }
            catch (VersionConflictException)
            {
                // Somebody else stored it first.
                return default;
            }
        }
    }
}
