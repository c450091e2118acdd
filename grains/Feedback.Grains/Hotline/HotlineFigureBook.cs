using System.Globalization;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Hotline;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Grains.Audit;
using Feedback.Grains.Journal;
using Feedback.Grains.Windows;

namespace Feedback.Grains.Hotline;

/// <summary>The city's figures as they were told last.</summary>
/// <param name="Version">Their version in the month's stream, from 1.</param>
/// <param name="At">When they were told, milliseconds UTC.</param>
/// <param name="Told">What was told.</param>
public sealed record HotlineTelling(long Version, long At, HotlineFiguresTold Told);

/// <summary>Keeps what the city tells of its hotline, each month of a node in a stream of its own; what was told last holds.</summary>
public sealed class HotlineFigureBook(IJournal journal, IAudit audit, TimeProvider clock)
{
    /// <summary>What was told last of a month; null when nothing was.</summary>
    /// <param name="node">The node.</param>
    /// <param name="month">The month by its first day.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<HotlineTelling?> FindAsync(NodeId node, DateOnly month, CancellationToken cancellation = default)
    {
        var stream = StreamName.Hotline(node, month);
        var head = (await journal.HeadsAsync([stream], cancellation))[stream];
        return head == 0 ? null : await ReadAsync(stream, head, cancellation);
    }

    /// <summary>Keeps the figures of a month, after leaving a trace in the audit trail. The very same once more change nothing.</summary>
    /// <param name="node">The node.</param>
    /// <param name="month">The month by its first day.</param>
    /// <param name="figures">The figures.</param>
    /// <param name="by">Who tells them, as the audit trail names them.</param>
    /// <param name="address">The IP address it came from.</param>
    /// <param name="after">The version that the teller knew, 0 for none; null for whoever takes whatever is there.</param>
    /// <returns>What holds, and whether it is the first of its month; or why it is refused.</returns>
    /// <exception cref="JournalBusyException">It cannot be stored now.</exception>
    public async Task<(HotlineTelling? Telling, bool IsFirst, Refusal? Refusal)> TellAsync(
        NodeId node, DateOnly month, HotlineFigures figures, string by, string? address, long? after = null)
    {
        var stream = StreamName.Hotline(node, month);
        await audit.RecordAsync(new AuditEntry(Acts.HotlineFiguresTold, by)
        {
            Target = HotlineFigures.MonthText(month),
            Node = node,
            Reason = string.Create(CultureInfo.InvariantCulture, $"{figures.Orders} orders{(figures.Listed is null ? "" : ", one by one")}"),
            Address = address,
        });
        while (true)
        {
            var tail = await journal.TailAsync(stream);
            var last = tail.Version == 0 ? null : await ReadAsync(stream, tail.Version);
            if (after is { } known && known != tail.Version)
                return (null, false, new Refusal("hotline-figures-changed"));
            if (last?.Told.Figures.IsSameAs(figures) is true)
                return (last, false, null);
            var told = new HotlineFiguresTold { Salt = EventMint.NewSalt(), Node = node, Month = month, Figures = figures, By = by };
            var row = tail.Next([EventText.Write(told)], clock.GetUtcNow().ToUnixTimeMilliseconds());
            try
            {
                await journal.WriteAsync(new JournalUnit { Append = new Append(stream, row) });
                return (new HotlineTelling(row.LastVersion, row.At, told), last is null, null);
            }
            catch (VersionConflictException)
            {
                // Somebody else told figures of the same month first: look again.
            }
        }
    }

    private async Task<HotlineTelling> ReadAsync(StreamName stream, long version, CancellationToken cancellation = default)
    {
        var (row, _) = await journal.FindAsync(stream, version, cancellation) ?? throw new InvalidOperationException($"Stream {stream} has no version {version}.");
        return new HotlineTelling(version, row.At, (HotlineFiguresTold)EventText.Read(row).Last().Happened);
    }
}
