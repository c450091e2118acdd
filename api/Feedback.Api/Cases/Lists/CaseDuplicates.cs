using System.Collections.Immutable;
using Feedback.Api.Access;
using Feedback.Domain.Cases;
using Feedback.Grains.Cases;

namespace Feedback.Api.Cases;

/// <summary>Cases that may be about the same as one.</summary>
/// <param name="Case">The case.</param>
/// <param name="Texts">Whether texts were compared, too.</param>
/// <param name="Candidates">Open cases of the same node, of the same category or kind, received within 30 days of it; the likeliest first.</param>
public sealed record CaseDuplicateList(string Case, bool Texts, IReadOnlyList<CaseDuplicate> Candidates);

/// <summary>A case that may be about the same.</summary>
/// <param name="Case">The case.</param>
/// <param name="Reasons">Why: same-category, same-kind, same-day, similar-words.</param>
/// <param name="Likeness">How alike what the citizens said is, 0 to 100; null where it may not be compared.</param>
public sealed record CaseDuplicate(CaseRowView Case, IReadOnlyList<string> Reasons, int? Likeness);

/// <summary>Proposes duplicates; merging them is a step that somebody takes.</summary>
internal sealed class CaseDuplicates(CaseDoor door, CaseSight sight, CaseRecords records, ICaseStore cases, AccessCheck access)
{
    private const int Most = 20;
    private const int MostCompared = 100;
    private const long Within = 30L * 24 * 60 * 60 * 1000;

    // From here on two citizens who wait at the same window rarely use the same words by chance.
    private const int Similar = 30;

    /// <summary>The duplicates of a case.</summary>
    public async Task<CaseDuplicateList> OfAsync(HttpContext http, SeenCase seen)
    {
        var (state, view, actor) = (seen.State, access.ViewOf(http.GetCaller().ScopeHere), CaseActors.Of(http.GetCaller().Caller));
        var opened = state.Opened!.Stamp;
        var page = await cases.ListAsync(
            new CaseFilter
            {
                Reach = door.ReachOf(http),
                Nodes = [state.Intake.Node],
                Stages = CaseQueryText.OpenStages,
                OpenedFrom = opened.At - Within,
                OpenedBefore = opened.At + Within,
            },
            CaseOrder.OpenedDescending, null, CasePage.Most, http.RequestAborted);
        var said = SaidIn(seen);
        var found = new List<CaseDuplicate>();
        foreach (var row in page.Cases.Where(row => row.Id != state.Id && (IsSameCategory(row) || row.Kind == state.Intake.Kind)).Take(MostCompared))
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

    // What two citizens said weighs more than what the office made of it.
    private static int ScoreOf(CaseDuplicate one) => (one.Likeness ?? 0) + (20 * one.Reasons.Count(reason => reason != "similar-words"));

    private async Task<int?> LikenessAsync(CaseRow row, string said, CaseActor actor, CancellationToken cancellation) =>
        await records.FindAsync(row.Id, cancellation) is { } record && await sight.SeeAsync(record, actor, cancellation) is { } other && SaidIn(other) is { } words
            ? (int)Math.Round(100 * TextLikeness.Of(said, words))
            : null;

    private static string? SaidIn(SeenCase seen) =>
        seen.Withheld is null ? seen.Texts.FirstOrDefault(text => text.What == CaseReferences.Text)?.Text : null;
}
