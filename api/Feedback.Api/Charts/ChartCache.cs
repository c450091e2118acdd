using Feedback.Analytics.Periods;
using Feedback.Domain.Organisation;

namespace Feedback.Api.Charts;

/// <summary>What a file shows, whatever the counts are.</summary>
/// <param name="Query">Chart, format, language, theme, size.</param>
/// <param name="Node">The node.</param>
/// <param name="Period">The days.</param>
internal sealed record ChartKey(ChartQuery Query, NodeId Node, Period Period);

/// <summary>
/// Files by what they show, each of the newest version of its counts that was asked for. Bounded by bytes: the file that
/// was not asked for the longest goes first. Who asks for a file that is being made waits for it.
/// </summary>
internal sealed class ChartCache(long mostBytes)
{
    // A key and its entry take some memory of their own, so that no number of tiny files is for free.
    private const int BytesBesides = 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<ChartKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new();
    private long _bytes;

    private sealed class Entry(ChartKey key, string version)
    {
        public ChartKey Key { get; } = key;

        public string Version { get; } = version;

        public TaskCompletionSource<ChartFile> File { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Bytes { get; set; }
    }

    /// <summary>How many bytes are kept.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
                return _bytes;
        }
    }

    /// <summary>The file of a version; made where it is not there yet.</summary>
    /// <param name="key">What it shows.</param>
    /// <param name="version">The version of the counts and names it shows.</param>
    /// <param name="make">Makes the file.</param>
    public Task<ChartFile> GetAsync(ChartKey key, string version, Func<Task<byte[]>> make)
    {
        Entry entry;
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var known) && known.Value.Version == version)
            {
                _byUse.Remove(known);
                _byUse.AddFirst(known);
                return known.Value.File.Task;
            }

            if (known is not null)
                Drop(known);
            entry = new Entry(key, version);
            _entries[key] = _byUse.AddFirst(entry);
        }

        return MakeAsync(entry, make);
    }

    private async Task<ChartFile> MakeAsync(Entry entry, Func<Task<byte[]>> make)
    {
        try
        {
            var file = ChartFile.Of(await make());
            Keep(entry, file.Bytes.Length + BytesBesides);
            entry.File.SetResult(file);
            return file;
        }
        catch (Exception e)
        {
            Forget(entry);
            entry.File.SetException(e);
            throw;
        }
    }

    private void Keep(Entry entry, long bytes)
    {
        lock (_lock)
        {
            if (!IsKept(entry))
                return;
            entry.Bytes = bytes;
            _bytes += bytes;
            while (_bytes > mostBytes)
                Drop(_byUse.Last!);
        }
    }

    private void Forget(Entry entry)
    {
        // Nobody need have waited for a file that could not be made.
        _ = entry.File.Task.ContinueWith(failed => failed.Exception, TaskContinuationOptions.OnlyOnFaulted);
        lock (_lock)
        {
            if (IsKept(entry))
                Drop(_entries[entry.Key]);
        }
    }

    private bool IsKept(Entry entry) => _entries.TryGetValue(entry.Key, out var known) && known.Value == entry;

    private void Drop(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _entries.Remove(node.Value.Key);
        _bytes -= node.Value.Bytes;
    }
}
