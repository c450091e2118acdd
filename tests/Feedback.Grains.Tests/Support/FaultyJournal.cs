using System.Collections.Concurrent;
using Feedback.Domain.Checkpoints;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Tests.Support;

/// <summary>The real journal, with faults on the way to it and back.</summary>
internal sealed class FaultyJournal(IJournal inner, Activity activity) : IJournal
{
    private readonly Lock _arming = new();
    private readonly List<(Predicate<JournalUnit> Which, Func<Func<Task>, Task> How)> _armed = [];
    private readonly List<JournalUnit> _written = [];
    private readonly ConcurrentBag<Gate> _gates = [];
    private volatile bool _cut;
    private int _lookUps;
    private int _readsFromStart;
    private int _paperReads;

    /// <summary>Appends to the streams of windows.</summary>
    public static bool IsAppend(JournalUnit unit) => unit.Append is { Stream.AsWindow: not null };

    /// <summary>Appends to the streams of cases.</summary>
    public static bool IsCaseAppend(JournalUnit unit) => unit.Append is { Stream.AsCase: not null };

    /// <summary>Days that are brought up to date.</summary>
    public static bool IsFlush(JournalUnit unit) => unit.Append is null && unit.DaysThrough is not null;

    /// <summary>Units that were stored, in the order in which their callers heard of it.</summary>
    public IReadOnlyList<JournalUnit> Written
    {
        get
        {
            lock (_arming)
                return [.. _written];
        }
    }

    /// <summary>How often forgotten identities were looked up.</summary>
    public int LookUps => Volatile.Read(ref _lookUps);

    /// <summary>How often the stream of a window was read from its first event.</summary>
    public int ReadsFromStart => Volatile.Read(ref _readsFromStart);

    /// <summary>How often rows of batches of forms were read.</summary>
    public int PaperReads => Volatile.Read(ref _paperReads);

    /// <summary>Does something to the next unit of a kind; several wait for one unit each.</summary>
    public void OnNext(Predicate<JournalUnit> which, Func<Func<Task>, Task> how)
    {
        lock (_arming)
            _armed.Add((which, how));
    }

    /// <summary>Nothing more goes wrong.</summary>
    public void Disarm()
    {
        lock (_arming)
            _armed.Clear();
    }

    /// <summary>Holds the next unit of a kind before it is stored.</summary>
    public Gate HoldNext(Predicate<JournalUnit> which)
    {
        var gate = new Gate();
        _gates.Add(gate);
        OnNext(which, async write =>
        {
            await gate.PassAsync();
            await write();
        });
        return gate;
    }

    /// <summary>The next unit of a kind is not stored, and nobody knows.</summary>
    public void FailBeforeNext(Predicate<JournalUnit> which) => OnNext(which, _ => Task.FromException(new IOException("Not stored.")));

    /// <summary>The next unit of a kind is stored, and nobody knows.</summary>
    public void FailAfterNext(Predicate<JournalUnit> which) => OnNext(which, async write =>
    {
        await write();
        throw new IOException("Stored, but you cannot know.");
    });

    /// <summary>The next unit of a kind arrives twice.</summary>
    public void DoubleNext(Predicate<JournalUnit> which) => OnNext(which, async write =>
    {
        await write();
        await write();
    });

    /// <summary>The queue is full when the next unit of a kind arrives.</summary>
    public void RefuseNext(Predicate<JournalUnit> which) => OnNext(which, _ => Task.FromException(new JournalBusyException()));

    /// <summary>From now on nothing reaches the journal, and nobody hears of it any more: the process is gone.</summary>
    public void Cut()
    {
        _cut = true;
        foreach (var gate in _gates)
            gate.Open();
    }

    public async Task WriteAsync(JournalUnit unit)
    {
        using var call = activity.Begin();
        Func<Func<Task>, Task>? how = null;
        lock (_arming)
        {
            var at = _armed.FindIndex(fault => fault.Which(unit));
            if (at >= 0)
            {
                how = _armed[at].How;
                _armed.RemoveAt(at);
            }
        }

        await (how is null ? WriteAsync() : how(WriteAsync));
        lock (_arming)
            _written.Add(unit);

        async Task WriteAsync()
        {
            ThrowIfCut();
            await inner.WriteAsync(unit);
            ThrowIfCut();
        }
    }

    public Task<IReadOnlyList<JournalRow>> ReadAsync(StreamName stream, long after, int limit, CancellationToken cancellation = default)
    {
        if (after == 0 && stream.AsWindow is not null)
            Interlocked.Increment(ref _readsFromStart);
        if (stream.AsPaper is not null)
            Interlocked.Increment(ref _paperReads);
        return AskAsync(() => inner.ReadAsync(stream, after, limit, cancellation));
    }

    public Task<IReadOnlyList<JournalRow>> ReadSpanAsync(StreamName stream, long from, long to, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref _lookUps);
        return AskAsync(() => inner.ReadSpanAsync(stream, from, to, cancellation));
    }

    public Task<(JournalRow Row, Digest Before)?> FindAsync(StreamName stream, long version, CancellationToken cancellation = default) =>
        AskAsync(() => inner.FindAsync(stream, version, cancellation));

    public Task<IReadOnlyDictionary<StreamName, long>> HeadsAsync(
        IReadOnlyCollection<StreamName> streams, CancellationToken cancellation = default) =>
        AskAsync(() => inner.HeadsAsync(streams, cancellation));

    public Task<IReadOnlyList<StreamName>> StreamsAsync(CancellationToken cancellation = default) => AskAsync(() => inner.StreamsAsync(cancellation));

    public Task<IReadOnlyList<(StreamName Stream, StreamTail Tail)>> TailsAsync(CancellationToken cancellation = default) =>
        AskAsync(() => inner.TailsAsync(cancellation));

    public Task<IReadOnlyList<RowShape>> ShapesAsync(StreamName stream, long after, long through, CancellationToken cancellation = default) =>
        AskAsync(() => inner.ShapesAsync(stream, after, through, cancellation));

    public Task<string> GenerationAsync(CancellationToken cancellation = default) => AskAsync(() => inner.GenerationAsync(cancellation));

    public Task<IReadOnlyDictionary<Opaque, long>> FindLateAsync(
        StreamName stream, IReadOnlyCollection<Opaque> identities, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref _lookUps);
        return AskAsync(() => inner.FindLateAsync(stream, identities, cancellation));
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        using var call = activity.Begin();
        ThrowIfCut();
        return await ask();
    }

    private void ThrowIfCut()
    {
        if (_cut)
            throw new IOException("The process is gone.");
    }
}
