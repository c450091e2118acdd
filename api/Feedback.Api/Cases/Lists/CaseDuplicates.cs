using System.Collections.Immutable;
using Feedback.Api.Access;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;

namespace Feedback.Api.Cases;

/// <summary>Cases that may be about the same as one.</summary>
/// <param name="Case">The case.</param>
/// <param name="Texts">Whether texts were compared, too.</param>
/// <param name="Candidates">Open cases received within 30 days of it: of the same category at its node, above it or, for a hall, in it; or of the same kind at its node. The likeliest first, at most 20.</param>
public sealed record CaseDuplicateList(string Case, bool Texts, IReadOnlyList<CaseDuplicate> Candidates);

/// <summary>A case that may be about the same.</summary>
/// <param name="Case">The case.</param>
/// <param name="Reasons">Why: same-category, same-kind, same-day, similar-words.</param>
/// <param name="Likeness">How alike what the citizens said is, 0 to 100; null where it may not be compared.</param>
public sealed record CaseDuplicate(CaseRowView Case, IReadOnlyList<string> Reasons, int? Likeness);

/// <summary>Proposes duplicates; merging them is a step that somebody takes.</summary>
/// <remarks>
/// Looked at are only cases that can be duplicates, found by the index on node, stage and time: of these those received nearest in time,
/// before or after, are compared, however many others there are and however new.
/// </remarks>
public sealed class CaseDuplicates(CaseDoor door, CaseSight sight, CaseRecords records, ReaderCases cases, AccessCheck access)
{
    /// <summary>How many cases are compared at most.</summary>
    public const int MostCompared = 100;

    private const int Most = 20;
    private const long Within = 30L * 24 * 60 * 60 * 1000;

    // From here on two citizens who wait at the same window rarely use the same words by chance.
    private const int Similar = 30;

    /// <summary>The duplicates of a case.</summary>
    /// <param name="http">The request of whoever looks.</param>
    /// <param name="seen">The case as they see it.</param>
    /// <param name="compared">How many cases are compared, the nearest in time: each is read and decrypted for it.</param>
    public async Task<CaseDuplicateList> OfAsync(HttpContext http, SeenCase seen, int compared = MostCompared)
    {
        var (state, view, actor) = (seen.State, access.ViewOf(http.GetCaller().ScopeHere), CaseActors.Of(http.GetCaller().Caller));
        // What was received nearest to it in time tells when it was.
        if (seen.IsAboutReader)
            return new CaseDuplicateList(state.Id.Value, false, []);
        var opened = state.Opened!.Stamp;
        var said = SaidIn(seen);
        var found = new List<CaseDuplicate>();
        foreach (var row in await NearestAsync(http, state, view, actor, compared))
        {
            var likeness = said is null ? null : await LikenessAsync(row, said, actor, http.RequestAborted);
            ImmutableArray<string> reasons =
            [
                .. IsSameCategory(row) ? ["same-category"] : Array.Empty<string>(),
                .. row.Kind == state.Intake.Kind ? ["same-kind"] : Array.Empty<string>(),
                .. row.Day == opened.Day ? ["same-day"] : Array.Empty<string>(),
                .. likeness >= Similar ? ["similar-words"] : Array.Empty<string>(),
            ];
            found.Add(new CaseDuplicate(CaseRowView.Of(row, view), reasons, likeness));
        }

        return new CaseDuplicateList(state.Id.Value, said is not null, [.. found.OrderByDescending(ScoreOf).ThenByDescending(one => one.Case.OpenedAt).Take(Most)]);

        bool IsSameCategory(CaseRow row) => row.Category is not null && row.Category == state.Category;
    }

    // Those received before it and those received after it, each from its own time on; of both together the nearest.
    private async Task<IEnumerable<CaseRow>> NearestAsync(HttpContext http, CaseState state, ReaderView view, CaseActor actor, int most)
    {
        var at = state.Opened!.Stamp.At;
        var filter = new CaseFilter
        {
            Reach = door.ReachOf(http),
            Nodes = LineOf(view, state.Intake.Node),
            Stages = CaseQueryText.OpenStages,
            Like = new CaseLikeness(state.Intake.Node, state.Intake.Kind, state.Category),
        };
        var before = await cases.ListAsync(
            filter with { OpenedFrom = at - Within, OpenedBefore = at + 1 }, CaseOrder.OpenedDescending, null, most + 1, actor, http.RequestAborted);
        var after = await cases.ListAsync(
            filter with { OpenedFrom = at + 1, OpenedBefore = at + Within }, CaseOrder.OpenedAscending, null, most, actor, http.RequestAborted);
        return before.Cases.Concat(after.Cases).Where(row => row.Id != state.Id).OrderBy(row => Math.Abs(row.OpenedAt - at)).Take(most);
    }

    // One citizen names the window, another the hall or the bureau; two windows are two matters.
    private static IReadOnlyCollection<NodeId> LineOf(ReaderView view, NodeId id)
    {
        if (view.Tree.Find(id) is not { } node)
            return [id];
        var above = view.Tree.LineOn(id, view.TodayAt(node)).Select(one => one.Id);
        return node.Kind != NodeKind.Hall
            ? [.. above]
            : [.. above, .. view.Tree.Nodes.Where(below => view.Tree.IsAtOrBelow(below.Id, id, view.TodayAt(below))).Select(below => below.Id)];
    }

    // What two citizens said weighs more than what the office made of it.
    private static int ScoreOf(CaseDuplicate one) => (one.Likeness ?? 0) + (20 * one.Reasons.Count(reason => reason != "similar-words"));

    private async Task<int?> LikenessAsync(CaseRow row, string said, CaseActor actor, CancellationToken cancellation) =>
        await records.FindAsync(row.Id, cancellation) is { } record && await sight.SeeAsync(record, actor, cancellation) is { } other && SaidIn(other) is { } words
            ? (int)Math.Round(100 * TextLikeness.Of(said, words))
            : null;

    private static string? SaidIn(SeenCase seen) =>
        seen.Withheld is null ? seen.Texts.FirstOrDefault(text => text.What == CaseReferences.Text)?.Text : null;
}
