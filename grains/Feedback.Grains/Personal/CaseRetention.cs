using Feedback.Domain.Cases;
using Feedback.Domain.Personal;
using Feedback.Grains.Audit;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Personal;

/// <summary>Erases what citizens said in cases that were closed long ago. A case that was opened again is not closed, nor is a merged one whose citizen has no answer yet.</summary>
public sealed class CaseRetention(ICaseStore cases, IJournal journal, IPersonalStore personal, IGrainFactory grains, IAudit audit)
{
    // Cases that keep nothing any more; a restart looks once more.
    private readonly HashSet<CaseId> _done = [];

    /// <summary>Erases all texts of cases that were closed, or merged, at or before a time.</summary>
    /// <param name="closedThrough">The time, milliseconds UTC.</param>
    /// <param name="cancellation">Stops the work between two cases.</param>
    /// <returns>How many cases lost text.</returns>
    public async Task<int> RunAsync(long closedThrough, CancellationToken cancellation = default)
    {
        var erased = 0;
        await foreach (var row in cases.AllAsync(cancellation))
        {
            if (row.ClosedAt is not { } closed || closed > closedThrough || _done.Contains(row.Id))
                continue;
            var texts = (await CaseBook.ReadAsync(row.Id, journal)).Texts;
            if (texts.Count > 0 && (await personal.FindAsync([.. texts.Select(text => text.Ref)], cancellation)).Count > 0)
            {
                await audit.RecordAsync(new AuditEntry(Acts.SubjectErased, ErasedPartWords.Retention) { Target = row.Id.Value, Node = row.Node, Reason = ErasedPartWords.Retention });
                if ((await grains.GetGrain<ICaseGrain>(row.Id.Value).Erase(ErasureCause.Retention, ErasedPartWords.Retention)).Refusal is not null)
                    continue;
                erased++;
            }

            _done.Add(row.Id);
        }

        return erased;
    }
}
