using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Grains.Organisation;

namespace Feedback.Grains.Cases;

/// <summary>
/// What binds whoever does something to a single rating: nobody who was rated or leads them does anything, whether it counts is decided outside
/// of the unit that was rated, and of a bad one in its case.
/// </summary>
public sealed class RatingReview(CaseRecords records, ICaseLeaders leaders, IBureau bureau, IGrainFactory grains, TimeProvider clock)
{
    /// <summary>Why somebody may not be told who gave a rating; null where they may.</summary>
    public Task<Refusal?> RefusedAsync(EvaluationAccepted rated, CaseActor actor) => RefusedAsync(rated, actor, isOutside: false);

    /// <summary>Why somebody may not exclude or reinstate a rating; null where they may.</summary>
    public async Task<Refusal?> RefusedAsync(EvaluationAccepted rated, CaseActor actor, bool exclude, CancellationToken cancellation)
    {
        if (await RefusedAsync(rated, actor, isOutside: true) is { } refusal)
            return refusal;
        return (await records.FindAsync(BadRatings.CaseOf(rated), cancellation))?.State switch
        {
            { AppealUpheld: true } state when !exclude => new Refusal("rating-excluded-in-case", "version", state.Intake.Number),
            { Stage: CaseStage.Appealed } state when exclude => new Refusal("appeal-open", Value: state.Intake.Number),
            { AppealUpheld: false } when exclude => new Refusal("appeal-decided"),
            _ => null,
        };
    }

    /// <summary>Excludes a rating in its case, which is opened for that where it is only due to be.</summary>
    /// <returns>Why it is not; null where it is, and where the rating has no case.</returns>
    public async Task<Refusal?> ExcludeAsync(EvaluationAccepted rated, long version, CaseActor actor, string reason)
    {
        if (BadRatings.WorkOf(rated.Evaluation.Window, version, rated, now: 0) is null)
            return null;
        var opened = grains.GetGrain<ICaseGrain>(BadRatings.CaseOf(rated).Value);
        var exclusion = new CaseRequest(new ExcludeBadRating(reason), actor);
        var refusal = (await opened.Perform(exclusion)).Refusal;
        if (refusal is not { Code: "case-unknown" })
            return refusal;
        if (!BadRatings.Opens(bureau.Current, rated))
            return null;
        return (await opened.Perform(BadRatings.Opening(bureau.Current, rated, version))).Refusal is { Code: not "case-exists" } unopened
            ? unopened
            : (await opened.Perform(exclusion)).Refusal;
    }

    /// <summary>Whether a rating's case names somebody, who need not be the one that the rating is attributed to: the office may name others later.</summary>
    public async Task<bool> IsNamedAsync(EvaluationAccepted rated, string staff) => (await PersonsOfAsync(rated)).Contains(staff);

    private async Task<IEnumerable<string>> PersonsOfAsync(EvaluationAccepted rated) =>
        BadRatings.WorkOf(rated.Evaluation.Window, 0, rated, now: 0) is null ? [] : (await records.FindAsync(BadRatings.CaseOf(rated)))?.State.Persons ?? [];

    private async Task<Refusal?> RefusedAsync(EvaluationAccepted rated, CaseActor actor, bool isOutside)
    {
        var (known, window) = (bureau.Current, rated.Evaluation.Window);
        var today = CaseTimes.DayAt(known.Tree, window, clock.GetUtcNow().ToUnixTimeMilliseconds());
        var persons = (await PersonsOfAsync(rated)).Concat(BadRatings.StaffOf(known, rated) is { } staff ? [staff] : []).ToHashSet();
        var line = CaseLine.Of(known.Tree, window, today, persons, await leaders.AllAsync(), await leaders.MembersAsync());
        return Recusal.Refuses(persons, actor, line) is not null ? new Refusal("recused")
            : isOutside && Recusal.IsInside(actor, line, known.Tree, today) ? new Refusal("review-inside")
            : null;
    }
}
