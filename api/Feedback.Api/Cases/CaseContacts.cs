using Feedback.Api.Access;
using Feedback.Domain.Access;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Grains.Audit;
using Feedback.Grains.Cases;
using Feedback.Grains.Supervision;

namespace Feedback.Api.Cases;

/// <summary>
/// Tells how the citizen of a case can be reached, once audit and supervision know of it: to case officers of its places, and to whoever
/// may tell the answer or call back now. Whoever is recused is never told.
/// </summary>
public sealed class CaseContacts(CaseDoor door, CaseRecords records, IAudit audit, ISupervision supervision, TimeProvider clock)
{
    /// <summary>Why the caller is not told the contact of a case now; null when they may be.</summary>
    public Refusal? Refused(HttpContext http, SeenCase seen)
    {
        if (seen.Withheld is { } withheld)
            return withheld;
        return seen.MayReach || door.Covers(http.GetCaller().Caller.ScopeOf(Permission.Unmask), seen.State) ? null : new Refusal("contact-not-yours");
    }

    /// <summary>Tells it. What is refused is noted where recusal is the cause.</summary>
    /// <param name="http">The request.</param>
    /// <param name="seen">The case as the caller sees it.</param>
    /// <param name="reason">Why they must know it.</param>
    /// <returns>The contact; null where none was left. Or why it is not told.</returns>
    /// <exception cref="Grains.Journal.JournalBusyException">It cannot be written down now, and so is not told.</exception>
    public async Task<(CaseTextRead? Contact, Refusal? Refusal)> TellAsync(HttpContext http, SeenCase seen, string reason)
    {
        if (Refused(http, seen) is { } refused)
        {
            if (seen.Withheld is not null)
                door.NoteRecused(http, seen, refused);
            return (null, refused);
        }

        var caller = http.GetCaller().Caller;
        await audit.RecordAsync(CaseDoor.Entry(http, Acts.CaseContactTold, seen.State) with { Reason = reason });
        if (seen.State.CanBeReached)
            await supervision.ContactToldAsync(seen.State, caller.Name, reason, clock);
        var (texts, refusal) = await records.ReadTextsAsync(seen.Record, CaseActors.Of(caller), contact: true, http.RequestAborted);
        return (texts.FirstOrDefault(text => text.What == CaseReferences.Contact), refusal);
    }
}
