using System.Globalization;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;
using Feedback.Grains.Audit;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;
using Feedback.Grains.Windows;

namespace Feedback.Grains.Paper;

/// <summary>Takes the evaluation of a form that was mistyped out of the figures: written down first, and by nobody who is recused from a case about it.</summary>
internal sealed class PaperExclusions(IGrainFactory grains, IAudit audit, ICaseStore cases, CaseRecords records, ICaseLeaders leaders, TimeProvider clock)
{
    /// <summary>Whether somebody is recused from an open case that an evaluation led to, or from the one in which it went on.</summary>
    /// <remarks>Nobody knows who was at the window when a form was filled in: so whoever leads the place is kept from it as if that were known.</remarks>
    /// <param name="keyed">The form whose evaluation it is.</param>
    /// <param name="by">Who, as the audit trail names them.</param>
    /// <param name="tree">The organisation.</param>
    public async Task<bool> IsRecusedAsync(PaperFormKeyed keyed, string by, OrganisationTree tree)
    {
        foreach (var row in await cases.OfRatingAsync(keyed.Answers.Window, keyed.Evaluation))
        {
            if (await records.FindAsync(row.MergedInto ?? row.Id) is { State: { Closing: null } state } && await IsRecusedAsync(state, by, tree))
                return true;
        }

        return false;
    }

    /// <summary>Excludes the evaluation of a form.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="replaced">The form as it was keyed before.</param>
    /// <param name="by">Who corrected it, as the audit trail names them.</param>
    /// <param name="address">Where they came from; null where that is not known.</param>
    /// <returns>Whether it is excluded; where it is not, it must be tried again.</returns>
    public async Task<bool> ExcludeAsync(PaperBatchId batch, PaperFormKeyed replaced, string by, string? address)
    {
        var window = replaced.Answers.Window;
        try
        {
            await audit.RecordAsync(new AuditEntry(Acts.EvaluationExcluded, by)
            {
                Target = string.Create(CultureInfo.InvariantCulture, $"{window}#{replaced.Evaluation}"),
                Node = window,
                Reason = string.Create(CultureInfo.InvariantCulture, $"{PaperWords.Mistyped} {batch}#{replaced.Form}"),
                Address = address,
            });
            return (await grains.GetGrain<IWindowGrain>(window.Value).SetExcluded(replaced.Evaluation, true, PaperWords.Mistyped)).Refusal is null;
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or JournalBusyException)
        {
            return false;
        }
    }

    private async Task<bool> IsRecusedAsync(CaseState state, string by, OrganisationTree tree)
    {
        var today = CaseTimes.DayAt(tree, state.Intake.Node, clock.GetUtcNow().ToUnixTimeMilliseconds());
        var line = await leaders.LineOfAsync(tree, state, today);
        return line.Superiors.Contains(by) || Recusal.Recuses(state, by, line);
    }
}
