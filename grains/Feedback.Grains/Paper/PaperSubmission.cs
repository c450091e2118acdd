using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;
using Feedback.Domain.Windows;
using Feedback.Grains.Windows;

namespace Feedback.Grains.Paper;

/// <summary>Brings forms to their windows, by the ordinary path of every evaluation, under the identity of batch and number.</summary>
/// <param name="grains">The windows.</param>
/// <param name="evidence">What they stored.</param>
internal sealed class PaperSubmission(IGrainFactory grains, PaperEvidence evidence)
{
    /// <summary>The name of the terminal at which all forms are keyed.</summary>
    public const string Terminal = "paper";

    /// <summary>Submits forms.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="forms">The forms, each with its attempt.</param>
    /// <param name="tree">The organisation.</param>
    /// <returns>What became of each, by number: stored now, stored before, or why not; and what the batch is to note.</returns>
    public async Task<IReadOnlyList<(PaperRow Row, PaperOutcome Outcome)>> SubmitAsync(PaperState batch, ImmutableArray<(ReadForm Form, int Attempt)> forms, OrganisationTree tree)
    {
        var told = await Task.WhenAll(forms.GroupBy(one => one.Form.Answers.Window).Select(async group =>
        {
            var (some, zone) = (group.ToList(), tree.Find(group.Key)!.Zone);
            var claims = some.Select(one => (WindowClaim)new EvaluationClaim(
                one.Form.Answers.Evaluation(batch.Id, one.Form.Number, one.Attempt, zone), Comment: one.Form.Comment)).ToImmutableArray();
            var results = await AskAsync(group.Key, claims);
            var outcomes = new List<(PaperRow, PaperOutcome)>(some.Count);
            for (var i = 0; i < some.Count; i++)
                outcomes.Add(await OfAsync(batch, some[i], results[i], zone));
            return outcomes;
        }));
        return [.. told.SelectMany(one => one)];
    }

    /// <summary>What is stored of a form that is on its way.</summary>
    public async Task<PaperOutcome> LookAsync(PaperState batch, PaperForm form, OrganisationTree tree)
    {
        var (attempt, window, stamp) = form.Begun!.Value;
        return new PaperOutcome(form.Number, attempt, Told(await evidence.FindAsync(batch, form.Number, attempt, window, tree.Find(window)!.Zone))) { By = stamp.By };
    }

    private async Task<(PaperRow, PaperOutcome)> OfAsync(PaperState batch, (ReadForm Form, int Attempt) one, ClaimResult result, Domain.Time.HallZone zone)
    {
        var (number, window) = (one.Form.Number, one.Form.Answers.Window);
        var before = batch.Of(number).Begun?.Stamp.By;
        switch (result.Status)
        {
            case ClaimStatus.Accepted:
                return (new PaperRow(number, true), new PaperOutcome(number, one.Attempt, (one.Form.Answers, result.Version)));
            case ClaimStatus.Repeated:
                return (new PaperRow(number, false), new PaperOutcome(number, one.Attempt, (one.Form.Answers, result.Version)) { By = before });
            case ClaimStatus.Conflicting:
                // Somebody keyed it before, otherwise, and was not told that it is stored: what is stored stands.
                var stored = Told(await evidence.FindAsync(batch, number, one.Attempt, window, zone));
                return (new PaperRow(number, false, new Refusal("paper-form-keyed", "form", PaperAnswers.IdOf(number, 1))), new PaperOutcome(number, one.Attempt, stored) { By = before });
            case ClaimStatus.Refused when !result.Refusal!.Retryable:
                return (new PaperRow(number, false, result.Refusal), new PaperOutcome(number, one.Attempt, null, result.Refusal));
            default:
                return (new PaperRow(number, false, result.Refusal ?? new Refusal("outcome-unknown", Retryable: true)), new PaperOutcome(number, one.Attempt, null));
        }
    }

    private static (PaperAnswers, long)? Told((EvaluationAccepted Stored, long Version)? found) =>
        found is var (stored, version) ? (PaperAnswers.Of(stored, stored.Admission.Day), version) : null;

    private async Task<ImmutableArray<ClaimResult>> AskAsync(NodeId window, ImmutableArray<WindowClaim> claims)
    {
        try
        {
            return await grains.GetGrain<IWindowGrain>(window.Value).Submit(new Submission(claims, new Sender(Terminal, Key: null)));
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            // Nobody knows what became of them: they may be keyed again.
            return [.. Enumerable.Repeat(new ClaimResult(ClaimStatus.Undecided), claims.Length)];
        }
    }
}
