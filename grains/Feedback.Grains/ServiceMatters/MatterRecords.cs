using Feedback.Domain.Journal;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;

namespace Feedback.Grains.ServiceMatters;

/// <summary>Reads service matters from the journal. Lists of them are read from <see cref="IMatterStore"/>.</summary>
public sealed class MatterRecords(IJournal journal, IBureau bureau, TimeProvider clock)
{
    private const int RowsAtOnce = 500;

    /// <summary>A matter; null when there is none.</summary>
    public async Task<MatterState?> FindAsync(MatterId id, CancellationToken cancellation = default) =>
        MatterId.IsId(id.Value) && (await MatterBook.ReadAsync(id, journal, cancellation)).State is { Accepted: not null } state ? state : null;

    /// <summary>The events of a matter, oldest first; none when there is no such matter.</summary>
    public async Task<IReadOnlyList<MatterEvent>> EventsAsync(MatterId id, CancellationToken cancellation = default)
    {
        var (events, read) = (new List<MatterEvent>(), 0L);
        while (MatterId.IsId(id.Value) && await journal.ReadAsync(StreamName.Matter(id), read, RowsAtOnce, cancellation) is { Count: > 0 } rows)
        {
            events.AddRange(rows.SelectMany(EventText.Read).Select(one => one.Happened).OfType<MatterEvent>());
            read = rows[^1].LastVersion;
        }

        return events;
    }

    /// <summary>Its deadline with its explanation, as of now.</summary>
    public MatterTimes TimesOf(MatterState state) =>
        new(state, state.Accepted!.Node, bureau.Current.Tree, bureau.Current.Policies, clock.GetUtcNow().ToUnixTimeMilliseconds());
}
