using System.Globalization;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Catalogue;
using Feedback.Domain.ServiceMatters;
using Feedback.Domain.Time;
using Feedback.Domain.WorkingTime;

namespace Feedback.Api.Matters.Services;

/// <summary>A service matter as the office sees it.</summary>
/// <param name="Id">The immutable id.</param>
/// <param name="Version">Its version; the ETag of this answer.</param>
/// <param name="AcceptanceNumber">The number on the acceptance notice.</param>
/// <param name="Node">The node that took it.</param>
/// <param name="ServiceItem">The service item.</param>
/// <param name="Stage">open, completed or withdrawn.</param>
/// <param name="Online">Whether it was applied for online.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="Visits">How many visits it took so far, as the two-visit rule counts them.</param>
/// <param name="LawfulVisits">Further visits only to hand in what the notice had listed.</param>
/// <param name="Limit">How long it may take, or null.</param>
/// <param name="Deadline">When it must be completed; null without a limit, while documents are waited for, and while the year's holidays are not announced.</param>
/// <param name="Explanation">How the deadline came about, sentence by sentence.</param>
/// <param name="Waits">Whether the clock waits for documents.</param>
/// <param name="Missing">What the notice told is missing, and what of it was handed in.</param>
/// <param name="AskedLate">Documents that were asked for although the notice had not listed them.</param>
/// <param name="Accountable">What somebody will have to answer for.</param>
/// <param name="EndedAt">When it was completed or withdrawn; null before.</param>
/// <param name="Result">The result's code; null before.</param>
/// <param name="NoticePath">The path at which whoever holds the notice sees it and how the matter stands.</param>
public sealed record ServiceMatterView(
    string Id, long Version, string AcceptanceNumber, NodeLabel Node, ServiceItemLabel ServiceItem, string Stage, bool Online, DateTimeOffset AcceptedAt, int Visits, int LawfulVisits,
    string? Limit, DateTimeOffset? Deadline, IReadOnlyList<string> Explanation, bool Waits, IReadOnlyList<MissingView> Missing, IReadOnlyList<AskedBody> AskedLate,
    IReadOnlyList<AccountableView> Accountable, DateTimeOffset? EndedAt, string? Result, string NoticePath)
{
    internal static ServiceMatterView Of(
        MatterState state, MatterTimes times, NodeLabel node, HallZone zone, ServiceItem? item, bool chinese, string noticePath)
    {
        var accepted = state.Accepted!;
        return new ServiceMatterView(
            state.Id.Value, state.Version, Domain.ServiceMatters.AcceptanceNumber.Of(state), node, new ServiceItemLabel(accepted.Item, item?.Zh ?? accepted.Item, item?.En ?? accepted.Item),
            state.Stage.Word(), accepted.Online, Time(accepted.Stamp.At)!.Value, state.Visits, state.LawfulVisits,
            accepted.Limit, Time(times.Explained.At), DeadlineWords.Of(times.Explained, zone, chinese), state.Waits,
            [.. accepted.Missing.Select(one => new MissingView(one.Code, one.Title, one.Kind.Word(), Day(one.DueOn), Day(state.HandedIn.TryGetValue(one.Code, out var day) ? day : null)))],
            [.. state.AskedLate.Select(one => new AskedBody(one.Code, one.Title))],
            [.. state.Accountable.Select(one => new AccountableView(one.Reason, Time(one.Stamp.At)!.Value, one.Documents, Time(one.Deadline)))],
            Time(state.Completion?.Stamp.At ?? state.Withdrawal?.Stamp.At), state.Completion?.Result, noticePath);

        DateTimeOffset? Time(long? at) => at is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known).ToOffset(TimeSpan.FromMinutes(zone.At(known).OffsetMinutes)) : null;
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A service item with its names.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Zh">The Chinese name.</param>
/// <param name="En">The English name.</param>
public sealed record ServiceItemLabel(string Code, string Zh, string En);

/// <summary>A document that the notice told is missing.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Title">Its short title.</param>
/// <param name="How">ordinary, to-follow or promised.</param>
/// <param name="DueOn">The local day by which it is to be handed in, or null.</param>
/// <param name="HandedInOn">The local day on which it was; null while it was not.</param>
public sealed record MissingView(string Code, string Title, string How, string? DueOn, string? HandedInOn);

/// <summary>Something that somebody will have to answer for.</summary>
/// <param name="Reason">third-visit, late-demand or overdue.</param>
/// <param name="At">When it happened.</param>
/// <param name="Documents">Codes of documents that were asked for too late; empty for the rest.</param>
/// <param name="Deadline">The deadline that passed; null for the rest.</param>
public sealed record AccountableView(string Reason, DateTimeOffset At, IReadOnlyList<string> Documents, DateTimeOffset? Deadline);
