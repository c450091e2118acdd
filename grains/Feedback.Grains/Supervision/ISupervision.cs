using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.Supervision;
using Feedback.Grains.Journal;
using Feedback.Grains.Windows;

namespace Feedback.Grains.Supervision;

/// <summary>What those who watch over the use of personal text are told: a stream of its own that only grows.</summary>
public interface ISupervision
{
    /// <summary>Stores what is about to be told durably before it returns: nobody is told an identity or a contact before this has succeeded.</summary>
    /// <exception cref="JournalBusyException">It cannot be stored now; nothing may be told.</exception>
    Task RecordAsync(SupervisionEvent told);

    /// <summary>Some of what was stored, newest first.</summary>
    /// <param name="before">Only entries of a smaller version; null for the newest.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Stops waiting.</param>
    Task<IReadOnlyList<(long Version, SupervisionEvent Told)>> NewestAsync(long? before, int limit, CancellationToken cancellation = default);
}

/// <summary>What supervision is told in the same words wherever it happens.</summary>
public static class SupervisedActs
{
    /// <summary>Stores durably that everything kept about a person is about to be exported.</summary>
    /// <param name="supervision">Where.</param>
    /// <param name="window">The window.</param>
    /// <param name="version">The version of the evaluation or finished matter.</param>
    /// <param name="by">Who exports it, as the audit trail names them.</param>
    /// <param name="clock">Tells when.</param>
    /// <exception cref="JournalBusyException">It cannot be stored now; nothing may be told.</exception>
    public static Task ExportedAsync(this ISupervision supervision, NodeId window, long version, string by, TimeProvider clock) => supervision.RecordAsync(new IdentityUnmasked
    {
        Salt = EventMint.NewSalt(),
        Window = window,
        Evaluation = version,
        By = by,
        Reason = IdentityUnmasked.Export,
        At = clock.GetUtcNow().ToUnixTimeMilliseconds(),
    });

    /// <summary>Stores durably that somebody is about to be told how the citizen of a case can be reached.</summary>
    /// <param name="supervision">Where.</param>
    /// <param name="state">The case.</param>
    /// <param name="by">Who is told, as the audit trail names them.</param>
    /// <param name="reason">Why, as they said.</param>
    /// <param name="clock">Tells when.</param>
    /// <exception cref="JournalBusyException">It cannot be stored now; nothing may be told.</exception>
    public static Task ContactToldAsync(this ISupervision supervision, CaseState state, string by, string reason, TimeProvider clock) => supervision.RecordAsync(new ContactTold
    {
        Salt = EventMint.NewSalt(),
        Case = state.Id,
        Node = state.Intake.Node,
        Lead = state.Lead,
        By = by,
        Reason = reason,
        At = clock.GetUtcNow().ToUnixTimeMilliseconds(),
    });
}
