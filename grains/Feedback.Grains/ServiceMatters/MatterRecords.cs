using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;

namespace Feedback.Grains.ServiceMatters;

/// <summary>Reads service matters from the journal. There is no list of them: whoever wants one knows its id, or its node and number.</summary>
public sealed class MatterRecords(IJournal journal, IBureau bureau, TimeProvider clock)
{
    /// <summary>A matter; null when there is none.</summary>
    public async Task<MatterState?> FindAsync(MatterId id, CancellationToken cancellation = default) =>
        MatterId.IsId(id.Value) && (await MatterBook.ReadAsync(id, journal, cancellation)).State is { Accepted: not null } state ? state : null;

    /// <summary>Its deadline with its explanation, as of now.</summary>
    public MatterTimes TimesOf(MatterState state) =>
        new(state, state.Accepted!.Node, bureau.Current.Tree, bureau.Current.Policies, clock.GetUtcNow().ToUnixTimeMilliseconds());
}
