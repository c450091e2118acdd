using Feedback.Domain.Journal;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.ServiceMatters;

namespace Feedback.Grains.Verification;

/// <summary>The rows of service matters as they are stored.</summary>
internal sealed class StoredMatters(IMatterStore matters, ICollection<Finding> findings)
{
    private readonly Dictionary<MatterId, MatterRow> _rows = [];

    /// <summary>How many rows were compared.</summary>
    public long Compared { get; private set; }

    /// <summary>Reads them.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        await foreach (var row in matters.AllAsync(cancellation))
            _rows[row.Id] = row;
    }

    /// <summary>The row of a matter, taken away; null when there is none.</summary>
    public MatterRow? Take(MatterId id) => _rows.Remove(id, out var row) ? row : null;

    /// <summary>Compares a row with the fold at its version. Deadlines are not the matter's own.</summary>
    public void Compare(MatterRow row, MatterState state)
    {
        Compared++;
        var counted = MatterRow.Of(state, deadline: null) with { DueAt = row.DueAt, Pending = row.Pending };
        if (counted != row)
            findings.Add(new Finding(StreamName.Matter(row.Id).Value, $"the stored matter is wrong: {Differing(counted, row)}"));
    }

    /// <summary>Tells what is stored and has no event.</summary>
    public void Finish()
    {
        foreach (var id in _rows.Keys)
            findings.Add(new Finding(StreamName.Matter(id).Value, "the stored matter has no event"));
    }

    private static string Differing(MatterRow counted, MatterRow stored) => string.Join(", ", typeof(MatterRow).GetProperties()
        .Select(property => (property.Name, Counted: property.GetValue(counted), Stored: property.GetValue(stored)))
        .Where(one => !Equals(one.Counted, one.Stored))
        .Select(one => $"{one.Name} counted {one.Counted ?? "none"}, stored {one.Stored ?? "none"}"));
}

/// <summary>The recount of one service matter: its row, and what its events add to the counts that stand beside those of cases.</summary>
internal sealed class MatterRecount(CaseRecount all, StoredMatters stored, MatterId id, ICollection<Finding> findings)
{
    private readonly StreamName _stream = StreamName.Matter(id);
    private MatterState _state = new(id);
    private MatterRow? _row = stored.Take(id);
    private bool _isStored, _broken;

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
            return;
        }

        if (_row is { } row && row.Version == version)
        {
            (_row, _isStored) = (null, true);
            stored.Compare(row, _state);
        }
    }

    /// <summary>At the end of the stream.</summary>
    public void Finish()
    {
        if (_broken)
            return;
        if (_row is { } row)
            findings.Add(new Finding(_stream.Value, $"the stored matter is of version {row.Version}, and the stream ends at {_state.Version}"));
        else if (!_isStored && all.HadBegun(_stream))
            findings.Add(new Finding(_stream.Value, "the matter is not stored; run rebuild"));
    }
}
