using System.IO.Compression;
using System.Text;
using Dapper;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Feedback.Storage.Accounts;
using Feedback.Storage.Copies;
using Feedback.Storage.Copies.Files;
using Feedback.Storage.Tests.Support;
using Feedback.TestSupport;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Feedback.Storage.Tests.Copies;

/// <summary>A site's databases, with something in every table that is copied.</summary>
internal sealed class CopyPlace : IAsyncDisposable
{
    public static readonly DateTimeOffset Made = new(2026, 11, 26, 2, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    private CopyPlace(string? postgres) => Postgres = postgres;

    public string? Postgres { get; }

    public DataDirectory Data => DataDirectory.Open(_folder["data"]);

    public string Backups => _folder["backups"];

    public static async Task<CopyPlace> EmptyAsync(Database database) =>
        new(database == Database.Postgres ? await (await PrivatePostgres.Shared).CreateDatabaseAsync() : null);

    public static async Task<CopyPlace> FilledAsync(Database database)
    {
        var place = await EmptyAsync(database);
        await using (var silo = await place.OpenAsync())
        {
            await silo.Journal.AppendAsync(Some.Stream(), (1, Some.Instant), (3, Some.Instant + 1000));
            await silo.Journal.AppendAsync(Some.Stream(2), (2, Some.Instant + 500));
            await silo.Journal.AppendAsync(StreamName.Organisation, (1, Some.Instant + 9000));
            var (key, text) = Some.Sealed();
            var (gone, erased) = Some.Sealed();
            await silo.Journal.WriteAsync(new JournalUnit { SubjectKeys = [key, gone], Personal = [text, erased] });
            await silo.Journal.WriteAsync(new JournalUnit { Erasure = new Erasure([erased.Ref], [gone.Subject]) });
            await silo.Journal.WriteAsync(new JournalUnit { Days = [Some.Day()], DaysThrough = new DaysThrough(Some.Day().Window, 1), LateIds = [new LateId(Some.Opaque(), 1)] });
            await silo.Journal.WriteAsync(new JournalUnit { Platform = Some.Reported() });
        }

        await place.AccountsAsync();
        await place.ExecuteAsync("insert into due (key, shard, at, command) values ('k', 1, 2, 'do \"it\"')");
        await place.ExecuteAsync("insert into meta (name, value) values ('some.fact', '值')");
        await place.OnAccountsAsync($"""
            insert into {place.Schema}people (id, name, name_key, password_hash, security_stamp, concurrency_stamp, failures, locked_until, grants, disabled, factor, factor_step, recovery_codes, external, external_subject, email, staff)
            values ('a1', '李华', '李华', 'h', 's', 'c', 1, 2, 'district-manager', {place.True}, 'f', 7, 'r', {place.True}, null, 'li@example.org', 's-7')
            """);
        await place.OnAccountsAsync($"insert into {place.Schema}verb_acts (act, target, reason, at) values ('account.opened', 'account:李华', null, 5)");
        return place;
    }

    public Task<OpenStorage> OpenAsync() => OpenStorage.StartAsync(services => _ = Postgres is null ? services.AddSqliteJournal(Data.Journal) : services.AddPostgresJournal(Postgres));

    public Task AccountsAsync() => Postgres is null ? AccountsSchema.ApplySqliteAsync(Data.Accounts) : AccountsSchema.ApplyPostgresAsync(Postgres);

    public Task<CopySource> SourceAsync() => Postgres is null ? SiteCopy.OpenSqliteAsync(Data) : SiteCopy.OpenPostgresAsync(Postgres);

    public Task<CopyTarget> TargetAsync(string? generation = null) =>
        Postgres is null ? SiteCopy.CreateSqliteAsync(Data.Journal, Data.Accounts, generation) : SiteCopy.FillPostgresAsync(Postgres, generation);

    public async Task<BackupTarget> BackUpAsync(DateTimeOffset? made = null)
    {
        await using var source = await SourceAsync();
        await using var target = BackupTarget.Create(Backups, "0.0.0", made ?? Made);
        await SiteCopy.RunAsync(source, target, null, null);
        return target;
    }

    public async Task RestoreAsync(string backup)
    {
        await using var source = BackupSource.Open(backup);
        await using var target = await TargetAsync();
        await SiteCopy.RunAsync(source, target, null, null);
    }

    public Task<int> ExecuteAsync(string statement) => RunAsync(Data.Journal, statement);

    public Task<int> OnAccountsAsync(string statement) => RunAsync(Data.Accounts, statement);

    public async Task<long> CountAsync(string table)
    {
        await using var connection = await ConnectAsync(Data.Journal);
        return await connection.ExecuteScalarAsync<long>($"select count(*) from {table}");
    }

    /// <summary>The columns of every table of ours, as <c>table.column</c>.</summary>
    public async Task<IReadOnlyList<string>> ColumnsAsync()
    {
        if (Postgres is not null)
        {
            await using var connection = await ConnectAsync("");
            return [.. await connection.QueryAsync<string>("select table_name || '.' || column_name from information_schema.columns where table_schema in ('public', 'accounts') and table_name in (select table_name from information_schema.tables where table_type = 'BASE TABLE')")];
        }

        const string Query = "select t.name || '.' || c.name from sqlite_schema t join pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite%'";
        await using var journal = await ConnectAsync(Data.Journal);
        await using var accounts = await ConnectAsync(Data.Accounts);
        return [.. await journal.QueryAsync<string>(Query), .. await accounts.QueryAsync<string>(Query)];
    }

    /// <summary>The lines of a file of a backup.</summary>
    public static IReadOnlyList<string> Lines(string backup, string table)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(backup, table + ".ndjson.gz")), CompressionMode.Decompress), Encoding.UTF8);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What stands before the name of a table of accounts.</summary>
    public string Schema => Postgres is null ? "" : "accounts.";

    private string True => Postgres is null ? "1" : "true";

    private async Task<int> RunAsync(string file, string statement)
    {
        await using var connection = await ConnectAsync(file);
        return await connection.ExecuteAsync(statement);
    }

    private async Task<System.Data.Common.DbConnection> ConnectAsync(string file)
    {
        System.Data.Common.DbConnection connection = Postgres is null
            ? new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString)
            : new NpgsqlConnection(Postgres);
        await connection.OpenAsync();
        return connection;
    }
}
