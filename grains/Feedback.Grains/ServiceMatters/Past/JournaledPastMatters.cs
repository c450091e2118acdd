using System.Collections.Immutable;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Feedback.Grains.Windows;

namespace Feedback.Grains.ServiceMatters;

/// <summary>Appends matters of the past, each in one unit. Whoever else begins one of these streams notices by its version, as with every append.</summary>
internal sealed class JournaledPastMatters(IJournal journal, IBureau bureau, TimeProvider clock) : IPastMatters
{
    private const string System = "system";

    /// <inheritdoc/>
    public async Task<ImmutableArray<PastMatterResult>> StoreAsync(IReadOnlyList<PastMatter> matters, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(matters.Count, IPastMatters.Most, nameof(matters));
        var heads = await journal.HeadsAsync([.. matters.Select(one => StreamName.Matter(one.Id))], cancellation);
        // At once, so that they share transactions.
        return [.. await Task.WhenAll(matters.Select(one => heads[StreamName.Matter(one.Id)] > 0 ? Task.FromResult(default(PastMatterResult)) : StoreAsync(one)))];
    }

    private async Task<PastMatterResult> StoreAsync(PastMatter past)
    {
        var (known, now) = (bureau.Current, clock.GetUtcNow().ToUnixTimeMilliseconds());
        var whole = past.Steps.Aggregate(
            new MatterDecision([], new MatterState(past.Id), null),
            (before, step) => before.Refusal is null ? With(Rung(before, known, step.At), known, step.Command, step.By, step.At) : before);
        if (whole.Refusal is not null)
            return new PastMatterResult(Stored: false, whole.Refusal);
        try
        {
            await journal.WriteAsync(MatterWork.Unit(new MatterBook(past.Id), Rung(whole, known, now), known, now, byList: false));
            return new PastMatterResult(Stored: true);
        }
        catch (VersionConflictException)
        {
            // Somebody else stored it first.
            return default;
        }
    }

    // A deadline passes once.
    private static MatterDecision Rung(MatterDecision before, BureauState known, long until) =>
        before.State.Accepted is { } accepted && new MatterTimes(before.State, accepted.Node, known.Tree, known.Policies, accepted.Stamp.At).Next is { } at && at <= until
            ? With(before, known, new FindOverdue(), System, at)
            : before;

    private static MatterDecision With(MatterDecision before, BureauState known, MatterCommand command, string by, long at)
    {
        var decision = Decide(before.State, known, command, by, at);
        return decision with { Events = [.. before.Events, .. decision.Events] };
    }

    private static MatterDecision Decide(MatterState state, BureauState known, MatterCommand command, string by, long at)
    {
        var accept = command as AcceptMatter;
        var (node, item) = (accept?.Node ?? state.Accepted?.Node ?? default(NodeId), accept?.Item ?? state.Accepted?.Item ?? "");
        var times = new MatterTimes(state, node, known.Tree, known.Policies, at);
        return MatterRules.Decide(state, command, new MatterContext
        {
            Now = at,
            Today = times.Today,
            By = by,
            Salt = EventMint.NewSalt,
            NodeIsKnown = known.Tree.Find(node) is not null,
            ItemIsKnown = known.Catalogue.ServiceItems.ContainsKey(item),
            Limit = known.Catalogue.DisclosureOf(item)?.Limit,
            Deadline = times.DeadlineNow,
            Catalogue = known.Catalogue.Version,
        });
    }
}
