using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Matters;
using Feedback.Domain.Organisation;
using Feedback.Domain.Platform;
using Feedback.Domain.Windows;
using Feedback.Grains.Evaluations;
using Feedback.Grains.Journal;
using Feedback.Grains.Notices;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;
using Feedback.Grains.ServiceMatters;

namespace Feedback.Grains.Platform;

/// <summary>
/// Reads what a batch is made of. Whatever changed a rating later, such as an exclusion, makes one item with the whole of it as it stands at
/// the end of the stretch; texts are those that are there now, so what was erased meanwhile is not sent.
/// </summary>
internal sealed class PlatformFacts(
    PlatformSettings settings, IJournal journal, StoredEvaluations evaluations, IPersonalStore personal, PersonalCipher cipher, MatterRecords matters, IBureau bureau)
{
    /// <summary>The items of a batch, in the order of its parts; what is not to be reported is not among them.</summary>
    /// <exception cref="DeliveryException">The place at or below which is reported is none that is known: nobody can tell what is to be reported.</exception>
    public async Task<IReadOnlyList<PlatformItem>> ReadAsync(PlatformBatch batch, CancellationToken cancellation)
    {
        var items = new List<PlatformItem>();
        foreach (var part in batch.Parts)
        {
            var stream = new StreamName(part.Stream);
            if (stream.AsWindow is { } window)
                items.AddRange(await AtWindowAsync(window, part, await TreeWithAsync(window), cancellation));
            else if (stream.AsMatter is { } id && settings.Mappings.ContainsKey(PlatformKind.Matters) && await matters.FindAsync(id, cancellation) is { Accepted: { } accepted } matter
                && await TreeWithAsync(accepted.Node) is var tree && IsWithin(tree, accepted.Node, accepted.Stamp.Day))
                items.Add(new PlatformItems(tree).Of(matter, part.After == 0));
        }

        return items;
    }

    // Another silo may have opened or renamed it a moment ago. What is passed over here never comes again, so nothing is while the place is unknown.
    private async Task<OrganisationTree> TreeWithAsync(NodeId node)
    {
        var tree = bureau.Current.Tree;
        if (tree.Find(node) is null || !KnowsPlace(tree))
            tree = (await bureau.RefreshAsync()).Tree;
        return KnowsPlace(tree) ? tree : throw new DeliveryException("the node is unknown");
    }

    private bool KnowsPlace(OrganisationTree tree) => settings.Node is not { } place || tree.Find(place) is not null;

    private async Task<IReadOnlyList<PlatformItem>> AtWindowAsync(NodeId window, BatchPart part, OrganisationTree tree, CancellationToken cancellation)
    {
        var (rated, finished, told) = (new RatedStretch(), new List<(long Version, MatterFinished Finished)>(), new PlatformItems(tree));
        await foreach (var (version, happened) in EventsAsync(StreamName.Window(window), part, cancellation))
        {
            switch (happened)
            {
                case EvaluationAccepted accepted:
                    rated.Accepted(version, accepted, isAlone: part.Again is not null);
                    break;
                case EvaluationExcluded e:
                    rated.Marked(e.Evaluation, excluded: true);
                    break;
                case EvaluationReinstated e:
                    rated.Marked(e.Evaluation, excluded: false);
                    break;
                // Whoever has the text is told that it is no more.
                case PersonalTextErased e when settings.Mappings.Values.Any(mapping => mapping.WantsPersonal):
                    if (await FindAsync(StreamName.Window(window), e.Of, cancellation) is MatterFinished before)
                        finished.Add((e.Of, before));
                    else
                        rated.Erased(e.Of);
                    break;
                case MatterFinished e:
                    finished.Add((version, e));
                    break;
            }
        }

        return [.. await RatedAsync(window, rated, part, tree, told, cancellation), .. await FinishedAsync(window, [.. finished.DistinctBy(one => one.Version)], part, tree, told, cancellation)];
    }

    private async Task<IEnumerable<PlatformItem>> RatedAsync(
        NodeId window, RatedStretch rated, BatchPart part, OrganisationTree tree, PlatformItems told, CancellationToken cancellation)
    {
        if (!settings.Mappings.TryGetValue(PlatformKind.Evaluations, out var mapping))
            return [];
        var (stream, found) = (StreamName.Window(window), new List<(long Version, EvaluationAccepted Accepted)>());
        foreach (var (version, known) in rated.All)
        {
            if ((known ?? await FindAsync(stream, version, cancellation)) is EvaluationAccepted accepted && settings.Origins.Contains(accepted.Evaluation.Origin)
                && IsWithin(tree, window, accepted.Admission.Day))
                found.Add((version, Bared(accepted, mapping)));
        }

        // Where the stretch does not tell whether one is excluded, the whole stream does; that is rare.
        var opened = (await evaluations.OpenAsync(stream, [.. found.Where(one => rated.Tells(one.Version))], cancellation, rated.Excluded))
            .Concat(await evaluations.OpenAsync(stream, [.. found.Where(one => !rated.Tells(one.Version))], cancellation));
        return opened.Select(one =>
            told.Of(one.Version, one.Accepted, one.Excluded, one.Version > part.After, one.Comment.Plain, one.Number.Plain));
    }

    private async Task<IEnumerable<PlatformItem>> FinishedAsync(
        NodeId window, List<(long Version, MatterFinished Finished)> finished, BatchPart part, OrganisationTree tree, PlatformItems told, CancellationToken cancellation)
    {
        if (!settings.Mappings.TryGetValue(PlatformKind.Finished, out var mapping))
            return [];
        var found = finished.Where(one => IsWithin(tree, window, one.Finished.Admission.Day)).ToList();
        var numbers = mapping.Wants(SourceFields.MatterNumber)
            ? new OpenedTexts(cipher, await personal.FindAsync([.. found.Select(one => one.Finished.Matter.Ref).OfType<Opaque>()], cancellation))
            : null;
        return found.Select(one => told.Of(window, one.Version, one.Finished, one.Version > part.After, numbers?.Open(one.Finished.Matter.Ref).Plain));
    }

    // What is not to leave is not even opened.
    private static EvaluationAccepted Bared(EvaluationAccepted accepted, ItemMapping mapping) => accepted with
    {
        Comment = mapping.Wants(SourceFields.Comment) ? accepted.Comment : null,
        Matter = mapping.Wants(SourceFields.MatterNumber) ? accepted.Matter : accepted.Matter is { } matter ? matter with { Ref = null } : null,
    };

    private bool IsWithin(OrganisationTree tree, NodeId node, DateOnly day) =>
        day >= settings.From && (settings.Node is not { } place || (tree.Find(place) is { } top && tree.Find(node) is not null && tree.IsAtOrBelow(node, top.Id, day)));

    private async Task<JournalEvent?> FindAsync(StreamName stream, long version, CancellationToken cancellation) =>
        await journal.FindAsync(stream, version, cancellation) is { } at ? EventText.Read(at.Row).First(one => one.Version == version).Happened : null;

    private async IAsyncEnumerable<(long Version, JournalEvent Happened)> EventsAsync(
        StreamName stream, BatchPart part, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in journal.RowsAsync(stream, part.After, cancellation))
        {
            if (row.Version > part.Through)
                yield break;
            foreach (var one in EventText.Read(row).Where(one => one.Version > part.After && one.Version <= part.Through))
                yield return one;
            if (row.LastVersion >= part.Through)
                yield break;
        }
    }
}
