using System.Text.RegularExpressions;
using Dapper;
using Feedback.Storage.Tests.Accounts;
using Feedback.Storage.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Feedback.Storage.Tests.Schema;

/// <summary>The release before works on a database that a newer one has brought further, as long as that only added to it.</summary>
public sealed partial class RollbackTests
{
    private const string NewerScript = "insert into {0}schema_scripts values (998, 'x'), (999, 'y')";
    private const string HigherFloor = "update {0}schema_scripts_floor set number = 998, release = '7.8.9'";

    [Theory, EveryDatabase]
    public async Task A_journal_to_which_a_newer_release_only_added_is_worked_on_and_told_once(Database database)
    {
        await using var place = await NewerAsync(database, string.Format(null, NewerScript, ""));
        var logged = new Collected();

        await using var silo = await place.OpenAsync(add: services => services.AddLogging(logging => logging.AddProvider(logged)));

        await silo.Journal.AppendAsync(Some.Stream(), (1, 1));
        Assert.Equal(1, (await silo.Journal.HeadsAsync([Some.Stream()]))[Some.Stream()]);
        Assert.Contains("999", Assert.Single(logged.Lines), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_journal_that_needs_a_newer_release_is_refused_and_names_it(Database database)
    {
        await using var place = await NewerAsync(database, string.Format(null, NewerScript, ""), string.Format(null, HigherFloor, ""));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => place.OpenAsync());

        Assert.Contains("7.8.9", refused.Message, StringComparison.Ordinal);
        await using var connection = await place.ConnectAsync();
        Assert.Equal(998, await connection.ExecuteScalarAsync<long>("select number from schema_scripts_floor"));
    }

    [Theory, EveryDatabase]
    public async Task Accounts_to_which_a_newer_release_only_added_are_worked_on(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        await using var connection = await place.ConnectAsync();
        await connection.ExecuteAsync(string.Format(null, NewerScript, place.Prefix));

        Assert.Contains("999", await place.ApplyAsync(), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Accounts_that_need_a_newer_release_are_refused_and_name_it(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        await using var connection = await place.ConnectAsync();
        await connection.ExecuteAsync(string.Format(null, NewerScript, place.Prefix));
        await connection.ExecuteAsync(string.Format(null, HigherFloor, place.Prefix));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(place.ApplyAsync);

        Assert.Contains("7.8.9", refused.Message, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_floor_is_raised_and_never_lowered(Database database)
    {
        await using var place = await NewerAsync(database, "update schema_scripts_floor set number = 0, release = 'before'");
        await using var connection = await place.ConnectAsync();

        await OpenAsync();
        Assert.Equal("1 of 0.1.0", await FloorAsync());
        await connection.ExecuteAsync("update schema_scripts_floor set release = 'whoever raised it first'");
        await OpenAsync();
        Assert.Equal("1 of whoever raised it first", await FloorAsync());

        Task<string?> FloorAsync() => connection.ExecuteScalarAsync<string>("select number || ' of ' || release from schema_scripts_floor");

        async Task OpenAsync()
        {
            await using (await place.OpenAsync())
            {
            }
        }
    }

    /// <summary>Above the floor a script only adds: or else the release before, which still runs or comes back, fails on what is gone.</summary>
    [Theory, EveryDatabase]
    public async Task Scripts_above_the_floor_only_add(Database database)
    {
        await using var journal = await NewerAsync(database);
        await using var accounts = await OpenPlace.NewAsync(database);
        foreach (var (subject, connection, prefix) in new[] { ("Schema", await journal.ConnectAsync(), ""), ("Accounts", await accounts.ConnectAsync(), accounts.Prefix) })
        {
            var floor = await connection.ExecuteScalarAsync<long>($"select number from {prefix}schema_scripts_floor");
            await connection.DisposeAsync();
            var scripts = Scripts($"Feedback.Storage.{subject}.{database}.").ToList();
            Assert.InRange(floor, 1, scripts.Count);
            Assert.All(scripts.Skip((int)floor), script => Assert.False(Changes(Comment().Replace(script, "")), script));
        }
    }

    [Theory]
    [InlineData("drop table due", true)]
    [InlineData("alter table people rename column role to grants", true)]
    [InlineData("alter table people add column spare text not null", true)]
    [InlineData("alter table people alter column name type varchar", true)]
    [InlineData("update people set grants = ''", true)]
    [InlineData("create unique index only_one on people (grants)", true)]
    [InlineData("alter table people add column spare text; create unique index only_one on people (spare, grants)", true)]
    [InlineData("alter table people add column spare text not null default ''; create unique index only_one on people (spare)", true)]
    [InlineData("alter table people add column spare text; create unique index only_one on people (spare)", false)]
    [InlineData("create table more (id text not null); create unique index only_one on more (id)", false)]
    [InlineData("alter table people add column spare text not null default ''", false)]
    [InlineData("create table more (id integer primary key, text text not null)", false)]
    public void What_changes_is_told_from_what_adds(string script, bool changes) => Assert.Equal(changes, Changes(script));

    private static async Task<Place> NewerAsync(Database database, params string[] changes)
    {
        var place = await Place.NewAsync(database);
        await using (await place.OpenAsync())
        {
        }

        await using var connection = await place.ConnectAsync();
        foreach (var change in changes)
            await connection.ExecuteAsync(change);
        return place;
    }

    private static IEnumerable<string> Scripts(string prefix)
    {
        var assembly = typeof(StorageSetup).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }

    private static bool Changes(string script) => Changing().IsMatch(UniqueIndex().Replace(script, index => IsOfNew(script, index.Groups[1].Value, index.Groups[2].Value) ? "" : index.Value));

    // What an older release writes never reaches a table that it does not know, and leaves a column empty that it does not know.
    private static bool IsOfNew(string script, string table, string columns) =>
        Regex.IsMatch(script, $@"\bcreate table {Regex.Escape(table)}\b") || Regex.IsMatch(script, $@"\balter table {Regex.Escape(table)} add column {Regex.Escape(columns)} \w+;");

    [GeneratedRegex(@"create unique index \w+ on ([\w.]+) \(([^)]*)\)")]
    private static partial Regex UniqueIndex();

    [GeneratedRegex("--.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(drop|rename|update|delete|truncate|alter\s+column|set\s+not\s+null|create\s+unique\s+index|add\s+column[^;,]*not\s+null(?![^;,]*default))\b", RegexOptions.IgnoreCase)]
    private static partial Regex Changing();

    private sealed class Collected : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Lines.Add(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
