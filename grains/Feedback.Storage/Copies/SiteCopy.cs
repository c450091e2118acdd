using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Feedback.Domain.Journal;
using Feedback.Grains.Personal;
using Feedback.Storage.Copies.Files;
using Feedback.Storage.Copies.Postgres;
using Feedback.Storage.Copies.Sqlite;

namespace Feedback.Storage.Copies;

/// <summary>
/// Copies the stored truth of a site, the same way from and to SQLite, PostgreSQL and backups: row by row, in little memory,
/// with the hash chain of every stream followed on the way. Derived tables and the grains' own state are not copied.
/// </summary>
public static class SiteCopy
{
    /// <summary>Opens a site in SQLite files as it is now; a server may run, and goes on.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">A file is missing or cannot be read.</exception>
    public static async Task<CopySource> OpenSqliteAsync(DataDirectory data) => await SqliteCopySource.OpenAsync(data.Journal, data.Accounts);

    /// <summary>Opens a site in PostgreSQL as it is now; servers may run, and go on.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The database is out of reach, or holds no site.</exception>
    public static async Task<CopySource> OpenPostgresAsync(string connectionString, CancellationToken cancellation = default) =>
        await PostgresCopySource.OpenAsync(connectionString, cancellation);

    /// <summary>Makes new SQLite files, which must not be there yet; the caller holds the lock of the directory.</summary>
    /// <param name="journal">The journal's file.</param>
    /// <param name="accounts">The file of accounts.</param>
    /// <param name="generation">The id of the life of the new database; null for a new one.</param>
    public static async Task<CopyTarget> CreateSqliteAsync(string journal, string accounts, string? generation = null) =>
        await SqliteCopyTarget.CreateAsync(journal, accounts, generation);

    /// <summary>Opens an empty PostgreSQL database to be filled in one transaction.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="generation">The id of its new life; null for a new one.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="TargetNotEmptyException">It holds a site already.</exception>
    public static async Task<CopyTarget> FillPostgresAsync(string connectionString, string? generation = null, CancellationToken cancellation = default) =>
        await PostgresCopyTarget.OpenAsync(connectionString, generation, cancellation);

    /// <summary>A PostgreSQL database that was filled is a site from now on; until then it may be cleared, or filled again.</summary>
    public static Task FinishPostgresAsync(string connectionString, CancellationToken cancellation = default) => PostgresCopyTarget.FinishAsync(connectionString, cancellation);

    /// <summary>Empties a PostgreSQL database that was filled and not finished; any other is left alone.</summary>
    public static Task ClearUnfinishedPostgresAsync(string connectionString) => PostgresCopyTarget.ClearAsync(connectionString);

    /// <summary>Copies everything, and makes it lasting if all of it is whole.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="target">Where to.</param>
    /// <param name="masters">The keys that must open every data key; null where that is not looked at.</param>
    /// <param name="progress">Told every few thousand rows.</param>
    /// <param name="cancellation">Stops the work; then nothing stays.</param>
    /// <exception cref="InvalidDataException">What is read is not whole.</exception>
    /// <exception cref="CryptographicException">A data key was wrapped by another master key.</exception>
    public static async Task<CopyReport> RunAsync(
        CopySource source, CopyTarget target, IMasterKeys? masters, IProgress<CopyProgress>? progress, CancellationToken cancellation = default)
    {
        var (chains, rows) = (new ChainFold(), new Dictionary<string, long>());
        long all = 0, done = 0;
        foreach (var table in CopiedTables.All)
            all += await source.CountAsync(table, cancellation);
        foreach (var table in CopiedTables.All)
        {
            var before = done;
            await target.WriteAsync(table, FollowAsync(table, cancellation), cancellation);
            rows[table.Name] = done - before;
        }

        var report = new CopyReport(source.Generation, rows, chains.Heads, chains.NewestAt);
        if (source is BackupSource backup)
            backup.Compare(report);
        await target.CommitAsync(report, cancellation);
        progress?.Report(new CopyProgress(done, all));
        return report;

        async IAsyncEnumerable<object?[]> FollowAsync(CopiedTable table, [EnumeratorCancellation] CancellationToken stop)
        {
            await foreach (var row in source.ReadAsync(table, stop))
            {
                chains.Take(table, row);
                if (table == CopiedTables.SubjectKeys && masters is not null && row[2] is byte[] wrapped)
                    Open(masters, row, wrapped);
                if (++done % 5000 == 0)
                {
                    stop.ThrowIfCancellationRequested();
                    progress?.Report(new CopyProgress(done, all));
                }

                yield return row;
            }
        }
    }

    private static void Open(IMasterKeys masters, object?[] row, byte[] wrapped)
    {
        Span<byte> key = stackalloc byte[BureauSecrets.KeyLength];
        masters.Unwrap(checked((int)(long)row[1]!), wrapped, Opaque.FromBytes((byte[])row[0]!), key);
        CryptographicOperations.ZeroMemory(key);
    }
}

/// <summary>What is to be filled holds something already.</summary>
public sealed class TargetNotEmptyException(string message) : IOException(message);
