using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Grains.Boxes;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;

namespace Feedback.Seeds.Demo.Cases;

/// <summary>What was written of the demo's cases.</summary>
/// <param name="Written">Cases stored by this run.</param>
/// <param name="Totals">What all of them add up to.</param>
public sealed record CaseOutcome(long Written, CaseTotals Totals);

/// <summary>
/// Writes planned cases, each with the times of its own, by the rules of cases. What is stored already is left as it is, so that it may be
/// stopped, repeated and continued on another day. The ratings that they come from must be stored.
/// </summary>
/// <param name="cases">Stores cases of the past.</param>
/// <param name="journal">Tells the versions of ratings.</param>
/// <param name="boxes">Records openings of suggestion boxes.</param>
public sealed class DemoCases(IPastCases cases, IJournal journal, BoxOpenings boxes)
{
    private const int CasesAtOnce = 100;

    /// <summary>Writes what is missing.</summary>
    /// <exception cref="HistoryStoppedException">A rating is not there, or a step is not possible, such as after policies were set; what was stored stays.</exception>
    public async Task<CaseOutcome> WriteAsync(CasePlan plan, CancellationToken cancellation)
    {
        var ratings = await VersionsAsync(plan, cancellation);
        var written = 0L;
        // A case is merged into one that is there.
        foreach (var part in plan.Cases.GroupBy(one => one.IsMerged).OrderBy(group => group.Key))
        {
            foreach (var some in part.Chunk(CasesAtOnce))
                written += await StoreAsync(some, ratings, cancellation);
        }

        foreach (var opening in plan.Openings)
            await boxes.RecordAsync(opening.Node, opening.At, opening.Found, opening.By);
        return new CaseOutcome(written, plan.Totals);
    }

    private async Task<int> StoreAsync(PlannedCase[] planned, Dictionary<(NodeId, Opaque), long> ratings, CancellationToken cancellation)
    {
        var results = await cases.StoreAsync([.. planned.Select(one => Whole(one, ratings))], cancellation);
        foreach (var (one, result) in planned.Zip(results))
        {
            if (result.Refusal is { } refusal)
                throw new HistoryStoppedException($"The case {one.Case.Id} of the history does not go on with '{one.Case.Steps[result.Step].Command.GetType().Name}': {refusal.Code}.");
        }

        return results.Count(result => result.Stored);
    }

    private static PastCase Whole(PlannedCase planned, Dictionary<(NodeId, Opaque), long> ratings)
    {
        if (planned is not { Rating: { } rating, Case: { Steps: [{ Command: OpenCase { Intake: { Rating: { } bad } intake } } opening, ..] } past })
            return planned.Case;
        if (!ratings.TryGetValue(rating, out var version))
            throw new HistoryStoppedException($"A bad rating of window {rating.Window} that opened a case is not in the history.");
        return past with { Steps = past.Steps.SetItem(0, opening with { Command = new OpenCase(intake with { Rating = bad with { Version = version } }) }) };
    }

    private async Task<Dictionary<(NodeId, Opaque), long>> VersionsAsync(CasePlan plan, CancellationToken cancellation)
    {
        var versions = new Dictionary<(NodeId, Opaque), long>();
        foreach (var window in plan.Cases.Select(one => one.Rating).OfType<(NodeId Window, Opaque Identity)>().GroupBy(rating => rating.Window, rating => rating.Identity))
        {
            foreach (var (identity, version) in await journal.FindLateAsync(StreamName.Window(window.Key), [.. window], cancellation))
                versions[(window.Key, identity)] = version;
        }

        return versions;
    }
}
