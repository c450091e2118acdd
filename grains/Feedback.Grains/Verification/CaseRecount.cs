using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.ServiceMatters;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Verification;

/// <summary>
/// Recounts cases and service matters from their streams and compares the rows for lists and what is counted by node and day. While a server runs, each row is
/// compared at its own version, and each count at the moment at which all of them were read; what changed during that reading is left to
/// the next verification.
/// </summary>
/// <remarks>Deadlines in rows follow from the calendar and the opening hours and not from the case alone: they are not compared.</remarks>
internal sealed class CaseRecount(IJournal journal, ICaseStore cases, StoredMatters matters, ICollection<Finding> findings)
{
    private readonly ICollection<Finding> _findings = findings;
    private readonly Dictionary<CaseId, CaseRow> _rows = [];
    private readonly Dictionary<(NodeId Node, DateOnly Day), CaseCounts> _stored = [];
    private readonly Dictionary<(NodeId Node, DateOnly Day), CaseCounts> _counted = [];
    private readonly HashSet<(NodeId Node, DateOnly Day)> _moving = [];
    private Dictionary<StreamName, long> _before = [];
    private Dictionary<StreamName, long> _after = [];

    /// <summary>How many rows were compared.</summary>
    public long Compared { get; private set; }

    /// <summary>Reads what is stored; before the list of streams is.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        _before = await TailsAsync(cancellation);
        await foreach (var row in cases.AllAsync(cancellation))
            _rows[row.Id] = row;
        await foreach (var flow in cases.AllCountsAsync(cancellation))
            _stored[(flow.Node, flow.Day)] = flow.Counts;
        await matters.LoadAsync(cancellation);
        _after = await TailsAsync(cancellation);
    }

    /// <summary>The recount of one stream.</summary>
    public OneCase Begin(CaseId id) => new(this, id);

    /// <summary>The recount of the stream of a service matter; what it counts stands beside the counts of cases.</summary>
    public MatterRecount Begin(MatterId id) => new(this, matters, id, _findings);

    /// <summary>Whether a stream had begun before what is stored was read.</summary>
    internal bool HadBegun(StreamName stream) => _before.ContainsKey(stream);

    /// <summary>Counts what one event of a stream adds.</summary>
    internal void Count(StreamName stream, long version, NodeId node, DateOnly day, CaseCounts delta)
    {
        if (version <= _before.GetValueOrDefault(stream))
            _counted[(node, day)] = (_counted.GetValueOrDefault((node, day)) ?? CaseCounts.Empty).Plus(delta);
        else if (version <= _after.GetValueOrDefault(stream))
            _moving.Add((node, day));
    }

    /// <summary>Tells what is stored and has no event, and where counts differ.</summary>
    public void Finish()
    {
        foreach (var id in _rows.Keys)
            _findings.Add(new Finding($"case:{id}", "the stored case has no event"));
        matters.Finish();
        foreach (var (place, counted) in _counted)
        {
            if (!_moving.Contains(place) && counted.Minus(_stored.GetValueOrDefault(place) ?? CaseCounts.Empty) is { IsEmpty: false } difference)
                _findings.Add(new Finding($"{place.Node}, {place.Day:O}", $"counts of cases: {Between(difference, counted, _stored.GetValueOrDefault(place) ?? CaseCounts.Empty)}"));
        }

        foreach (var (place, stored) in _stored)
        {
            if (!stored.IsEmpty && !_counted.ContainsKey(place) && !_moving.Contains(place))
                _findings.Add(new Finding($"{place.Node}, {place.Day:O}", "the stored counts of cases have no event"));
        }
    }

    private async Task<Dictionary<StreamName, long>> TailsAsync(CancellationToken cancellation) =>
        (await journal.TailsAsync(cancellation)).Where(one => one.Stream.AsCase is not null || one.Stream.AsMatter is not null).ToDictionary(one => one.Stream, one => one.Tail.Version);

    private static string Between(CaseCounts difference, CaseCounts counted, CaseCounts stored)
    {
        var codes = difference.All.Select(count => count.Key).ToList();
        var some = string.Join(", ", codes.Take(5).Select(code => $"{code}: counted {counted[code]}, stored {stored[code]}"));
        return codes.Count > 5 ? $"{some} and {codes.Count - 5} more" : some;
    }

    /// <summary>The recount of one case.</summary>
    internal sealed class OneCase(CaseRecount all, CaseId id)
    {
        private readonly StreamName _stream = StreamName.Case(id);
        private CaseState _state = new(id);
        private CaseRow? _row = all._rows.GetValueOrDefault(id);
        private bool _compared;

        /// <summary>Folds one more event.</summary>
        public void Apply(JournalEvent happened)
        {
            var before = _state;
            try
            {
                _state = before.Apply(happened);
                foreach (var (node, day, delta) in happened is CaseEvent ? CaseFlows.Change(before, _state) : [])
                    all.Count(_stream, _state.Version, node, day, delta);
            }
            catch (Exception e) when (e is InvalidOperationException or UnknownKindException or NullReferenceException or ArgumentException)
            {
                all._findings.Add(new Finding(_stream.Value, $"version {before.Version + 1} cannot follow from what was before: {e.Message}"));
                _state = before with { Version = before.Version + 1 };
                return;
            }

            if (_row is { } row && row.Version == _state.Version)
                Compare(row);
        }

        /// <summary>At the end of the stream.</summary>
        public void Finish()
        {
            if (_row is { } row)
                all._findings.Add(new Finding(_stream.Value, $"the stored case is of version {row.Version}, and the stream ends at {_state.Version}"));
            else if (!all._rows.ContainsKey(id) && all._before.ContainsKey(_stream) && !_compared)
                all._findings.Add(new Finding(_stream.Value, "the case is not stored"));
            all._rows.Remove(id);
        }

        private void Compare(CaseRow row)
        {
            (_row, _compared) = (null, true);
            all.Compared++;
            // Deadlines are not the case's own.
            var counted = _state.ToRow(new Dictionary<ClockKind, long?>()) with { DueAt = row.DueAt, DueClock = row.DueClock };
            if (counted != row)
                all._findings.Add(new Finding(_stream.Value, $"the stored case is wrong: {Differences(counted, row)}"));
        }

        private static string Differences(CaseRow counted, CaseRow stored) => string.Join(", ", typeof(CaseRow).GetProperties()
            .Where(property => property.GetIndexParameters().Length == 0)
            .Select(property => (property.Name, Counted: property.GetValue(counted), Stored: property.GetValue(stored)))
            .Where(one => !Equals(one.Counted, one.Stored))
            .Select(one => $"{one.Name} counted {one.Counted ?? "none"}, stored {one.Stored ?? "none"}"));
    }
}
