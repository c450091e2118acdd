using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Due;

namespace Feedback.Grains.Cases;

/// <summary>What somebody of the office is told.</summary>
public enum CaseNoticeKind
{
    /// <summary>A deadline comes near.</summary>
    Warning = 1,

    /// <summary>A deadline passed.</summary>
    Overdue,

    /// <summary>Nobody owns the case.</summary>
    OwnerWanted,

    /// <summary>The citizen of a merged case is to be told the answer.</summary>
    AnswerOwed,

    /// <summary>Somebody asked to hurry (催办).</summary>
    Urged,

    /// <summary>Supervision watches over the case from now on (督办).</summary>
    Supervised,

    /// <summary>The unit was criticised before all others (通报).</summary>
    Circulated,

    /// <summary>The case was sent to the unit, as it came in or later, and is to be signed for (派单).</summary>
    Dispatched,

    /// <summary>Somebody else named them as the owner.</summary>
    OwnerNamed,
}

/// <summary>Something that somebody of the office is told about a case. It holds no personal text.</summary>
/// <param name="Key">Its identity: whoever is told twice under one key is told once.</param>
/// <param name="Case">The case.</param>
/// <param name="Number">Its readable number.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="To">Who: <c>owner</c>, <c>lead-manager</c>, <c>supervisor</c>, <c>lead-unit</c>, <c>owner-and-manager</c>.</param>
/// <param name="At">The node at which they are.</param>
public sealed record CaseNotice(string Key, CaseId Case, string Number, CaseNoticeKind Kind, string To, NodeId At)
{
    /// <summary>Whoever answers for the case.</summary>
    public const string Owner = "owner";

    /// <summary>Whoever manages the unit.</summary>
    public const string LeadManager = "lead-manager";

    /// <summary>Supervision.</summary>
    public const string Supervisor = "supervisor";

    /// <summary>Whoever handles cases of the unit.</summary>
    public const string LeadUnit = "lead-unit";

    /// <summary>Whoever answers for the case, and whoever manages the unit.</summary>
    public const string OwnerAndManager = "owner-and-manager";

    /// <summary>The account of the owner; null for none yet.</summary>
    public string? Account { get; init; }

    /// <summary>Who did it, as the audit trail names them, and so is not told; null where that does not matter.</summary>
    public string? By { get; init; }

    /// <summary>The clock; null for what has none.</summary>
    public ClockKind? Clock { get; init; }

    /// <summary>Its deadline, milliseconds UTC.</summary>
    public long? Deadline { get; init; }
}

/// <summary>Tells people of the office about cases; may be asked twice for one key.</summary>
public interface ICaseNotices
{
    /// <summary>Tells it. Whoever throws is asked again after a pause.</summary>
    Task TellAsync(CaseNotice notice);
}

/// <summary>Makes notices of what happened to cases.</summary>
internal sealed class CaseNoticeHandler(CaseRecords records, ICaseNotices notices) : IDueHandler
{
    public string Command => CaseWork.Notice;

    public async Task<DueOutcome> PerformAsync(DueCommand command)
    {
        var (id, version, ownerAt) = command.Read(text => (text.Case("case"), text.Number("version"), text.TryGetProperty("ownerAt", out var at) ? at.GetString() : null));
        if (await records.FindAsync(id) is not { } found)
            return DueOutcome.Done;
        var state = found.State;
        var notice = ownerAt is not null
            ? state.Owner is null ? new CaseNotice(command.Key, id, state.Intake.Number, CaseNoticeKind.OwnerWanted, CaseNotice.Supervisor, new NodeId(ownerAt)) : null
            : Of(command.Key, state, found.Timeline.First(one => one.Version == version).Happened);
        if (notice is not null)
            await notices.TellAsync(notice);
        return DueOutcome.Done;
    }

    private static CaseNotice? Of(string key, CaseState state, JournalEvent happened)
    {
        return happened switch
        {
            CaseWarned e => Notice(CaseNoticeKind.Warning, CaseNotice.Owner) with { Clock = e.Clock, Deadline = e.Deadline },
            CaseEscalated e => Notice(CaseNoticeKind.Overdue, e.To) with { Clock = e.Clock, Deadline = e.Deadline },
            CaseUrged e => Notice(CaseNoticeKind.Urged, CaseNotice.Owner) with { By = e.Stamp.By },
            CaseSupervised e => Notice(CaseNoticeKind.Supervised, CaseNotice.OwnerAndManager) with { By = e.Stamp.By },
            CaseCirculated e => Notice(CaseNoticeKind.Circulated, CaseNotice.OwnerAndManager) with { By = e.Stamp.By },
            // Who was sent it or named, and is not concerned any more by now, is told nothing.
            CaseDispatched e when e.Lead == state.Lead && state.Stage == CaseStage.Dispatched => Notice(CaseNoticeKind.Dispatched, CaseNotice.LeadUnit) with { By = e.Stamp.By },
            CaseOpened e when state.Lead == e.Intake.Lead && state.Stage == CaseStage.Dispatched => Notice(CaseNoticeKind.Dispatched, CaseNotice.LeadUnit) with { By = e.Stamp.By },
            CaseOwnerNamed e when e.Owner == state.Owner => Notice(CaseNoticeKind.OwnerNamed, CaseNotice.Owner) with { By = e.Stamp.By },
            _ => null,
        };

        CaseNotice Notice(CaseNoticeKind kind, string to) => new(key, state.Id, state.Intake.Number, kind, to, state.Lead) { Account = state.Owner };
    }
}
