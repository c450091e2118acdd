using Feedback.Domain.Cases;
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
}

/// <summary>Something that somebody of the office is told about a case. It holds no personal text.</summary>
/// <param name="Key">Its identity: whoever is told twice under one key is told once.</param>
/// <param name="Case">The case.</param>
/// <param name="Number">Its readable number.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="To">Who: <c>owner</c>, <c>lead-manager</c>, <c>supervisor</c>.</param>
/// <param name="At">The node at which they are.</param>
public sealed record CaseNotice(string Key, CaseId Case, string Number, CaseNoticeKind Kind, string To, NodeId At)
{
    /// <summary>Whoever answers for the case.</summary>
    public const string Owner = "owner";

    /// <summary>Whoever manages the unit.</summary>
    public const string LeadManager = "lead-manager";

    /// <summary>Supervision.</summary>
    public const string Supervisor = "supervisor";

    /// <summary>The account of the owner; null for none yet.</summary>
    public string? Account { get; init; }

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
        CaseNotice? notice = ownerAt is not null
            ? state.Owner is null ? new CaseNotice(command.Key, id, state.Intake.Number, CaseNoticeKind.OwnerWanted, CaseNotice.Supervisor, new NodeId(ownerAt)) : null
            : found.Timeline.First(one => one.Version == version).Happened switch
            {
                CaseWarned e => new CaseNotice(command.Key, id, state.Intake.Number, CaseNoticeKind.Warning, CaseNotice.Owner, state.Lead)
                {
                    Account = state.Owner,
                    Clock = e.Clock,
                    Deadline = e.Deadline,
                },
                CaseEscalated e => new CaseNotice(command.Key, id, state.Intake.Number, CaseNoticeKind.Overdue, e.To, state.Lead)
                {
                    Account = state.Owner,
                    Clock = e.Clock,
                    Deadline = e.Deadline,
                },
                _ => null,
            };
        if (notice is not null)
            await notices.TellAsync(notice);
        return DueOutcome.Done;
    }
}
