using Feedback.Domain.Journal;
using Feedback.Domain.ServiceMatters;

namespace Feedback.Grains.Verification;

/// <summary>The recount of one service matter: what its events add to the counts that stand beside those of cases.</summary>
internal sealed class MatterRecount(CaseRecount all, MatterId id, ICollection<Finding> findings)
{
    private readonly StreamName _stream = StreamName.Matter(id);
    private MatterState _state = new(id);
    private bool _broken;

    /// <summary>Folds one more event.</summary>
    public void Apply(long version, JournalEvent happened)
    {
        if (_broken)
            return;
        try
        {
            var before = _state;
            _state = before.Apply(happened);
            foreach (var (node, day, delta) in MatterFlows.Change(before, _state))
                all.Count(_stream, version, node, day, delta);
        }
        catch (Exception e) when (e is InvalidOperationException or UnknownKindException or NullReferenceException or ArgumentException or InvalidCastException)
        {
            _broken = true;
            findings.Add(new Finding(_stream.Value, $"version {version} cannot follow from what was before: {e.Message}"));
        }
    }
}
