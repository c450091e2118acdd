using Feedback.Domain.Journal;

namespace Feedback.Storage.Journal.Sqlite;

/// <summary>
/// Id and last version of the streams written to lately. The writer is the only one who appends, except that verbs append to the
/// audit trail and the checkpoints beside a running server: where what is held does not fit, it is looked up again.
/// </summary>
internal sealed class StreamHeads(SqliteJournalFile file) : IDisposable
{
    /// <summary>More streams than this are not held at once; what is forgotten costs two probes of an index.</summary>
    private const int Held = 100_000;

    private readonly Dictionary<StreamName, Head> _heads = [];
    private readonly SqliteStatement _find = file.Prepare("select id from streams where name = ?");
    private readonly SqliteStatement _add = file.Prepare("insert into streams (name) values (?) returning id");
    private readonly SqliteStatement _last = file.Prepare("select version + count - 1 from journal where stream = ? order by version desc limit 1");

    /// <summary>A stream's id, 0 while it has none, and the version of its last event.</summary>
    internal sealed class Head
    {
        public long Id { get; set; }

        public long Version { get; set; }
    }

    /// <summary>Where a stream ends.</summary>
    public Head Of(StreamName stream)
    {
        if (_heads.TryGetValue(stream, out var head))
            return head;
        if (_heads.Count >= Held)
            _heads.Clear();
        return LookUp(stream);
    }

    /// <summary>Where a stream ends by the table, whatever is held.</summary>
    public Head LookUp(StreamName stream)
    {
        var head = new Head { Id = _find.Bind(stream.Value).Number() ?? 0 };
        if (head.Id != 0)
            head.Version = _last.Bind(head.Id).Number() ?? 0;
        return _heads[stream] = head;
    }

    /// <summary>A stream's id, given to it now if it has none.</summary>
    public long IdOf(StreamName stream)
    {
        var head = Of(stream);
        if (head.Id == 0)
            head.Id = _add.Bind(stream.Value).Number()!.Value;
        return head.Id;
    }

    /// <summary>Forgets everything: after a rollback nothing held is sure.</summary>
    public void Forget() => _heads.Clear();

    /// <inheritdoc/>
    public void Dispose()
    {
        _find.Dispose();
        _add.Dispose();
        _last.Dispose();
    }
}
