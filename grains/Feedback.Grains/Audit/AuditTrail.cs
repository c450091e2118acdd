using System.Globalization;
using System.Text;
using Feedback.Domain.Audit;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Feedback.Grains.Windows;
using Microsoft.Extensions.Logging;

namespace Feedback.Grains.Audit;

/// <summary>
/// Writes the audit trail to <see cref="StreamName.Audit"/>. Entries are stored in the order in which they came; what comes
/// while an append is on its way shares the next one. Whoever else appends to the stream, another silo or a verb, is
/// appended behind.
/// </summary>
public sealed partial class AuditTrail(IJournal journal, TimeProvider clock, ILogger<AuditTrail> log) : IAudit
{
    private const int EventsPerAppend = 100;
    private const int MostWaiting = 4096;
    private const int LongestText = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _waiting = [];
    private readonly RefusalCounts _refusals = new();
    private Task<StreamTail?> _append = Task.FromResult<StreamTail?>(null);
    private bool _appending;

    /// <inheritdoc/>
    public Task RecordAsync(AuditEntry entry)
    {
        var now = Now;
        if (entry.At is not { } at || at >= now)
            return StoreAsync([EventOf(entry, now)]);
        if (now - at <= AuditReader.LongestDelay)
            return StoreAsync([EventOf(entry, at)]);
        var done = DateTimeOffset.FromUnixTimeMilliseconds(at).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return StoreAsync([EventOf(entry with { Reason = entry.Reason is null ? done : $"{done} {entry.Reason}" }, now)]);
    }

    /// <inheritdoc/>
    public void NoteRefusal(AuditEntry entry)
    {
        lock (_refusals)
            _refusals.Note(entry with { Refused = true }, Now);
    }

    /// <summary>Stores the refusals counted up to now. Where that cannot be done they are counted on, and nothing is lost.</summary>
    /// <exception cref="JournalBusyException">They cannot be stored now.</exception>
    public async Task FlushAsync()
    {
        IReadOnlyList<CountedRefusal> counted;
        lock (_refusals)
            counted = _refusals.TakeAll();
        if (counted.Count == 0)
            return;
        try
        {
            await StoreAsync([.. counted.Select(EventOf)]);
        }
        catch
        {
            lock (_refusals)
                _refusals.PutBack(counted);
            throw;
        }
    }

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task StoreAsync(IReadOnlyList<AuditRecorded> events)
    {
        var stored = new Waiting([.. events.Select(EventText.Write)]);
        lock (_gate)
        {
            if (_waiting.Count >= MostWaiting)
                throw new JournalBusyException();
            _waiting.Enqueue(stored);
            if (!_appending)
            {
                _appending = true;
                _ = Task.Run(AppendAllAsync);
            }
        }

        await stored.Task;
    }

    // One append at a time: what is next is decided only when the outcome of the one before is known.
    private async Task AppendAllAsync()
    {
        while (true)
        {
            var batch = new List<Waiting>();
            lock (_gate)
            {
                for (var events = 0; _waiting.TryPeek(out var next) && (batch.Count == 0 || events + next.Events.Count <= EventsPerAppend); events += next.Events.Count)
                    batch.Add(_waiting.Dequeue());
                if (batch.Count == 0)
                {
                    _appending = false;
                    return;
                }
            }

            await AppendAsync(batch);
        }
    }

    private async Task AppendAsync(List<Waiting> batch)
    {
        try
        {
            // Nothing overtakes an append that nobody waited for any longer.
            await _append.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Patience, clock);
            _append = AppendBehindOthersAsync(_append.IsCompletedSuccessfully ? await _append : null, [.. batch.SelectMany(one => one.Events)]);
            await _append.WaitAsync(Patience, clock);
            foreach (var one in batch)
                one.TrySetResult();
        }
        catch (Exception e)
        {
            // Whether it was stored may not be known. An entry without its act does no harm, an act without its entry would.
            if (e is not JournalBusyException)
                CouldNotStore(log, e);
            foreach (var one in batch)
                one.TrySetException(e is GenerationChangedException or UpgradeUnderWayException ? e : new JournalBusyException());
        }
    }

    private async Task<StreamTail?> AppendBehindOthersAsync(StreamTail? known, IReadOnlyList<byte[]> events)
    {
        while (true)
        {
            var row = (known ?? await journal.TailAsync(StreamName.Audit)).Next(events, Now);
            try
            {
                await journal.WriteAsync(new JournalUnit { Append = new Append(StreamName.Audit, row) });
                return StreamTail.After(row);
            }
            catch (VersionConflictException)
            {
                // Somebody else appended first: these go behind.
                known = null;
            }
        }
    }

    private static AuditRecorded EventOf(CountedRefusal counted) => EventOf(counted.Entry, counted.LastAt) with
    {
        Count = counted.Count,
        FirstAt = counted.Count > 1 ? counted.FirstAt : null,
    };

    private static AuditRecorded EventOf(AuditEntry entry, long at) => new()
    {
        Salt = EventMint.NewSalt(),
        Act = Fit(entry.Act)!,
        Actor = Fit(entry.Actor)!,
        Target = Fit(entry.Target),
        Node = entry.Node,
        Reason = Fit(entry.Reason),
        Address = Fit(entry.Address),
        Refused = entry.Refused,
        At = at,
    };

    // What cannot be kept as text, or is too long, must not keep an act from being audited.
    private static string? Fit(string? text)
    {
        if (text is null)
            return null;
        var fit = new StringBuilder(Math.Min(text.Length, LongestText));
        foreach (var rune in text.EnumerateRunes())
        {
            if (fit.Length + rune.Utf16SequenceLength > LongestText)
                return fit.Append('…').ToString();
            fit.Append(rune.Value == 0 ? "\uFFFD" : rune.ToString());
        }

        return fit.ToString();
    }

    private sealed class Waiting(IReadOnlyList<byte[]> events) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public IReadOnlyList<byte[]> Events => events;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The audit trail cannot be written; acts that need it are refused.")]
    private static partial void CouldNotStore(ILogger log, Exception e);
}
