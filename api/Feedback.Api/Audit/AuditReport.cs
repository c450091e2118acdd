using Feedback.Grains.Audit;

namespace Feedback.Api.Audit;

/// <summary>Entries of the audit trail, the newest first.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Next">What to send as <c>after</c> for older ones; null when there are none. An answer without entries may have it, too: so far back nothing fitted.</param>
public sealed record AuditReport(IReadOnlyList<AuditEntryView> Entries, string? Next)
{
    internal static AuditReport Of(AuditPage page) =>
        new([.. page.Lines.Select(AuditEntryView.Of)], page.Next?.ToString(System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>An entry of the audit trail.</summary>
/// <param name="Version">Its version in the trail: it never changes.</param>
/// <param name="At">When; of refusals counted together, the last one.</param>
/// <param name="Act">What was done, such as <c>key.revoked</c>; for refusals the operation.</param>
/// <param name="Actor">Who: account:NAME, token:ID, terminal:ID, verb, unknown or several.</param>
/// <param name="Target">What it was done to; null when nothing in particular.</param>
/// <param name="Node">The node where; null for the whole bureau.</param>
/// <param name="Reason">Why; for refusals the refusal's code.</param>
/// <param name="Address">The IP address it came from; null for the command line.</param>
/// <param name="Refused">True when it was refused, and so not done.</param>
/// <param name="Count">How many there were; more than 1 for refusals counted together.</param>
/// <param name="FirstAt">When the first of those counted together was refused; null for a single one.</param>
public sealed record AuditEntryView(
    long Version, DateTimeOffset At, string Act, string Actor, string? Target, string? Node, string? Reason, string? Address,
    bool Refused, long Count, DateTimeOffset? FirstAt)
{
    internal static AuditEntryView Of(AuditLine line) => new(
        line.Version, DateTimeOffset.FromUnixTimeMilliseconds(line.Entry.At), line.Entry.Act, line.Entry.Actor, line.Entry.Target, line.Entry.Node?.Value,
        line.Entry.Reason, line.Entry.Address, line.Entry.Refused, line.Entry.Count,
        line.Entry.FirstAt is { } first ? DateTimeOffset.FromUnixTimeMilliseconds(first) : null);
}
