using Feedback.Silo.Hosting;
using Feedback.Storage;
using Feedback.Storage.Copies;
using Microsoft.Data.Sqlite;

namespace Feedback.Silo.Copies;

/// <summary>The database files of a data directory: made apart while a restore is at work, and put in place when all of it went well.</summary>
internal sealed class EmbeddedFiles : IDisposable
{
    private const string Folder = "restoring.partial";
    private readonly DataDirectory _place;

    private EmbeddedFiles(Site site)
    {
        _place = site.Data;
        var apart = Path.Combine(site.Data.Path, Folder);
        if (Directory.Exists(apart))
            Directory.Delete(apart, recursive: true);
        Apart = site with { Data = DataDirectory.Open(apart) };
    }

    /// <summary>The site with its databases apart; keys and checkpoints are those of the place.</summary>
    public Site Apart { get; }

    /// <summary>Begins; what an earlier run left behind is removed.</summary>
    /// <exception cref="TargetNotEmptyException">The data directory holds a site already.</exception>
    public static EmbeddedFiles Begin(Site site)
    {
        RefuseSite(site.Data);
        return new EmbeddedFiles(site);
    }

    /// <summary>Refuses a data directory that holds a site, or what a crash left of one: SQLite would play an old log into the new file of its name.</summary>
    public static void RefuseSite(DataDirectory data)
    {
        if (new[] { data.Journal, data.Accounts }.SelectMany(file => Directory.GetFiles(data.Path, Path.GetFileName(file) + "*")).FirstOrDefault() is { } there)
            throw new TargetNotEmptyException(
                $"{there} is there already, and nothing is overwritten: put the old site aside with 'mkdir {data.Path}/old && mv {data.Path}/*.db* {data.Path}/old/', leave the keys, erasures.log and checkpoints, and run this again.");
    }

    /// <summary>Puts the files in place: accounts first, so that no site is open without them.</summary>
    public void Place()
    {
        SqliteConnection.ClearAllPools();
        foreach (var file in new[] { Apart.Data.Journal, Apart.Data.Accounts })
            FoldLog(file);
        // What grains remember of the site before would be ahead of what was restored.
        foreach (var remembered in Directory.GetFiles(_place.Path, Path.GetFileName(_place.Grains) + "*"))
            File.Delete(remembered);
        File.Move(Apart.Data.Accounts, _place.Accounts);
        File.Move(Apart.Data.Journal, _place.Journal);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        if (Directory.Exists(Apart.Data.Path))
            Directory.Delete(Apart.Data.Path, recursive: true);
    }

    // The file alone must hold everything before it is moved.
    private static void FoldLog(string file)
    {
        using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "pragma wal_checkpoint(truncate)";
            command.ExecuteNonQuery();
        }

        if (File.Exists(file + "-wal") && new FileInfo(file + "-wal").Length > 0)
            throw new IOException($"{file} is still in use.");
    }
}
