using System.Globalization;
using System.Text;
using Feedback.Domain.Checkpoints;
using Feedback.Domain.Journal;
using Feedback.Domain.Keys;
using Feedback.Grains.Checkpoints;
using Feedback.Grains.Windows;
using Microsoft.Data.Sqlite;

namespace Feedback.Grains.Tests.Checkpoints;

/// <summary>A row as the file has it.</summary>
internal sealed record TableRow(string Stream, long Version, int Count, long At, byte[] Events, byte[] Digest)
{
    public IReadOnlyList<byte[]> Elements => [.. new JournalRow(Version, Count, At, Events, Domain.Journal.Digest.FromBytes(Digest)).Elements().Select(element => element.ToArray())];
}

/// <summary>Everything that somebody may do to the file of a journal and to the files of its checkpoints, at random, by a seed.</summary>
internal sealed class Tampering(SqliteConnection file, string checkpoints, Random random)
{
    private readonly List<TableRow> _rows = Read(file);

    /// <summary>The names of all kinds of tampering.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        "a byte of an event", "an event with its row's digest", "a chain to its head", "a digest", "a row deleted", "a tail deleted", "a stream deleted", "a stream and its name deleted",
        "two rows exchanged", "two events of a row exchanged", "an event inserted and the chain recomputed", "rows exchanged between streams", "a row doubled", "a row doubled at the end",
        "count", "version", "time", "two rows made one", "a stream renamed", "two streams exchanged", "a checkpoint's file deleted", "a checkpoint's file changed",
        "checkpoints' files exchanged", "a checkpoint forged", "the newest checkpoint taken back",
    ];

    /// <summary>Tampers; tells in words what was done.</summary>
    public string Do(string kind) => kind switch
    {
        "a byte of an event" => EditByte(Any()),
        "an event with its row's digest" => ReplaceEvent(Any(), toHead: false),
        "a chain to its head" => ReplaceEvent(Any(), toHead: true),
        "a digest" => Run(Any(), "update journal set digest = @new where {row}", ("@new", Flipped(Any().Digest))),
        "a row deleted" => Run(Any(), "delete from journal where {row}"),
        "a tail deleted" => Run(Any(), "delete from journal where stream = (select id from streams where name = @stream) and version >= @version"),
        "a stream deleted" => Run(Any(), "delete from journal where stream = (select id from streams where name = @stream)"),
        "a stream and its name deleted" => Run(Any(), "delete from journal where stream = (select id from streams where name = @stream); delete from streams where name = @stream"),
        "two rows exchanged" => Exchange(Any(), sameStream: true),
        "rows exchanged between streams" => Exchange(Any(), sameStream: false),
        "two events of a row exchanged" => ExchangeEvents(Any(row => row.Count > 1), recompute: random.Next(2) == 0),
        "an event inserted and the chain recomputed" => Insert(Any()),
        "a row doubled" => Double(Any(), atEnd: false),
        "a row doubled at the end" => Double(Any(), atEnd: true),
        "count" => Run(Any(), "update journal set count = count + @new where {row}", ("@new", random.Next(2) == 0 ? 1 + random.Next(5) : -1)),
        "version" => Run(Any(), "update journal set version = version + @new where {row}", ("@new", 1000 + random.Next(1000))),
        "time" => Run(Any(), "update journal set at = at + @new where {row}", ("@new", (random.Next(2) == 0 ? 1 : -1) * (1 + random.Next(2000)))),
        "two rows made one" => Join(Any(row => Next(row) is not null)),
        "a stream renamed" => Run(Any(), "update streams set name = @new where name = @stream", ("@new", "window:n" + random.Next(900, 999).ToString(CultureInfo.InvariantCulture))),
        "two streams exchanged" => ExchangeStreams(Any()),
        "a checkpoint's file deleted" => OfFile(File.Delete),
        "a checkpoint's file changed" => OfFile(path => File.WriteAllBytes(path, Flipped(File.ReadAllBytes(path)))),
        "checkpoints' files exchanged" => ExchangeFiles(),
        "a checkpoint forged" => Forge(Any(row => row.Stream == StreamName.Checkpoints.Value)),
        "the newest checkpoint taken back" => Run(_rows.Last(row => row.Stream == StreamName.Checkpoints.Value), "delete from journal where {row}"),
        _ => throw new ArgumentException($"Nobody knows how to do '{kind}'.", nameof(kind)),
    };

    /// <summary>All rows of a file.</summary>
    public static List<TableRow> Read(SqliteConnection file)
    {
        using var command = file.CreateCommand();
        command.CommandText = "select s.name, j.version, j.count, j.at, cast(j.events as blob), j.digest from journal j join streams s on s.id = j.stream order by s.id, j.version";
        using var reader = command.ExecuteReader();
        var rows = new List<TableRow>();
        while (reader.Read())
            rows.Add(new TableRow(reader.GetString(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetInt64(3), reader.GetFieldValue<byte[]>(4), reader.GetFieldValue<byte[]>(5)));
        return rows;
    }

    private TableRow Any(Func<TableRow, bool>? which = null)
    {
        var fit = _rows.Where(which ?? (_ => true)).ToList();
        return fit[random.Next(fit.Count)];
    }

    private TableRow? Next(TableRow row) => _rows.FirstOrDefault(other => other.Stream == row.Stream && other.Version == row.Version + row.Count);

    private string EditByte(TableRow row) => Set(row, row with { Events = Flipped(row.Events) });

    private string ReplaceEvent(TableRow row, bool toHead)
    {
        var elements = row.Elements.ToList();
        elements[random.Next(elements.Count)] = EventText.Write(new KeyRevoked { Salt = EventMint.NewSalt(), Key = "k666", At = row.At });
        return Rewrite(row, elements, toHead);
    }

    private string ExchangeEvents(TableRow row, bool recompute)
    {
        var elements = row.Elements.Reverse().ToList();
        return recompute ? Rewrite(row, elements, toHead: true) : Set(row, row with { Events = JournalRow.Join(elements) });
    }

    private string Insert(TableRow row)
    {
        // All versions behind it move on by one, from the last row to the first.
        foreach (var later in _rows.Where(other => other.Stream == row.Stream && other.Version > row.Version).Reverse().ToList())
        {
            Run(later, "update journal set version = version + 1 where {row}");
            _rows[_rows.IndexOf(later)] = later with { Version = later.Version + 1 };
        }

        var inserted = EventText.Write(new KeyRevoked { Salt = EventMint.NewSalt(), Key = "k667", At = row.At });
        Run(row, "update journal set count = count + 1 where {row}");
        var grown = row with { Count = row.Count + 1 };
        _rows[_rows.IndexOf(row)] = grown;
        return Rewrite(grown, [.. row.Elements, inserted], toHead: true);
    }

    private string Join(TableRow row)
    {
        // The chain does not notice: it is over events. Only the checkpoint knows how they were appended.
        var next = Next(row)!;
        Run(next, "delete from journal where {row}");
        Run(row, "update journal set count = @new where {row}", ("@new", row.Count + next.Count));
        return Set(row, row with { Events = JournalRow.Join([.. row.Elements, .. next.Elements]), Digest = next.Digest });
    }

    private string Rewrite(TableRow row, IReadOnlyList<byte[]> elements, bool toHead)
    {
        var digest = _rows.LastOrDefault(other => other.Stream == row.Stream && other.Version < row.Version) is { } before
            ? Digest.FromBytes(before.Digest)
            : Digest.Before(new StreamName(row.Stream));
        var what = "";
        foreach (var later in _rows.Where(other => other.Stream == row.Stream && other.Version >= row.Version).ToList())
        {
            var written = later == row ? elements : later.Elements;
            digest = written.Aggregate(digest, (until, element) => until.After(element));
            what = Set(later, later with { Events = JournalRow.Join(written), Digest = digest.ToBytes() });
            if (!toHead)
                break;
        }

        return what;
    }

    private string Exchange(TableRow row, bool sameStream)
    {
        var other = Any(one => one != row && one.Stream == row.Stream == sameStream && (!sameStream || _rows.Count(any => any.Stream == row.Stream) > 1));
        Set(row, other);
        return Set(other, row);
    }

    private string Double(TableRow row, bool atEnd)
    {
        var last = _rows.Last(other => other.Stream == row.Stream);
        if (!atEnd)
        {
            foreach (var later in _rows.Where(other => other.Stream == row.Stream && other.Version > row.Version).Reverse())
                Run(later, "update journal set version = version + @new where {row}", ("@new", row.Count));
        }

        return Run(row, "insert into journal select stream, @new, count, at, events, digest from journal where {row}",
            ("@new", atEnd ? last.Version + last.Count : row.Version + row.Count));
    }

    private string ExchangeStreams(TableRow row)
    {
        var other = Any(one => one.Stream != row.Stream);
        return Run(row, "update streams set name = 'aside' where name = @stream; update streams set name = @stream where name = @new; update streams set name = @new where name = 'aside'", ("@new", other.Stream));
    }

    private string Forge(TableRow row)
    {
        // As whoever has the database, and every program, but not the key.
        using var key = CheckpointKey.Generate();
        var text = Encoding.UTF8.GetBytes(((CheckpointMade)EventText.Read(row.Elements[0])).Text);
        var forged = EventText.Write(new CheckpointMade { Salt = EventMint.NewSalt(), Text = Encoding.UTF8.GetString(text), Signature = key.Sign(text) });
        var checkpoint = CheckpointText.Read(text);
        File.WriteAllBytes(Path.Combine(checkpoints, new CheckpointFileName(checkpoint.Number, checkpoint.Generation).ToString()), [.. forged, (byte)'\n']);
        return Rewrite(row, [forged], toHead: true);
    }

    private string ExchangeFiles()
    {
        var files = Directory.GetFiles(checkpoints).OrderBy(_ => random.Next()).Take(2).ToList();
        var (one, two) = (File.ReadAllBytes(files[0]), File.ReadAllBytes(files[1]));
        File.WriteAllBytes(files[0], two);
        File.WriteAllBytes(files[1], one);
        return $"{files[0]} and {files[1]}";
    }

    private string OfFile(Action<string> what)
    {
        var files = Directory.GetFiles(checkpoints).Order().ToList();
        var path = files[random.Next(files.Count)];
        what(path);
        return path;
    }

    private byte[] Flipped(byte[] bytes)
    {
        var changed = (byte[])bytes.Clone();
        changed[random.Next(changed.Length)] ^= (byte)random.Next(1, 256);
        return changed;
    }

    private string Set(TableRow row, TableRow now) =>
        Run(row, "update journal set events = cast(@events as text), digest = @digest where {row}", ("@events", now.Events), ("@digest", now.Digest));

    private string Run(TableRow row, string sql, params (string Name, object Value)[] values)
    {
        using var command = file.CreateCommand();
        command.CommandText = sql.Replace("{row}", "stream = (select id from streams where name = @stream) and version = @version", StringComparison.Ordinal);
        command.Parameters.AddWithValue("@stream", row.Stream);
        command.Parameters.AddWithValue("@version", row.Version);
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        if (command.ExecuteNonQuery() == 0)
            throw new InvalidOperationException($"Nothing was changed by: {sql}");
        return $"{row.Stream}, version {row.Version}: {sql}";
    }
}
