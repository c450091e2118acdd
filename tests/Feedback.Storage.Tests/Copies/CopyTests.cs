using System.Text.Json;
using Feedback.Storage.Copies;
using Feedback.Storage.Copies.Files;
using Feedback.Storage.Tests.Support;
using Xunit;

namespace Feedback.Storage.Tests.Copies;

/// <summary>One mechanism copies a site from and to both databases and backups.</summary>
public sealed class CopyTests
{
    // Made anew from the journal, or of this very database.
    private static readonly string[] NotCopied = ["node_days.", "days_through.", "cases.", "case_assisting.", "case_days.", "service_matters.", "due.tries", "schema_scripts.", "schema_scripts_floor.", "session_keys.", "verb_acts.id", "orleans", "grain_storage"];

    [Theory, EveryDatabase]
    public async Task Every_column_of_every_table_is_copied_or_said_not_to_be(Database database)
    {
        await using var place = await CopyPlace.FilledAsync(database);
        var backup = await place.BackUpAsync();

        var copied = backup.Manifest!.Files.Where(file => file.Rows is not null).SelectMany(file =>
        {
            var table = file.Name[..file.Name.IndexOf('.', StringComparison.Ordinal)];
            using var first = JsonDocument.Parse(CopyPlace.Lines(backup.Path, table)[0]);
            return first.RootElement.EnumerateObject().Select(member => $"{table}.{member.Name}").ToList();
        }).ToHashSet();

        Assert.Equal(copied.Order(), (await place.ColumnsAsync()).Where(column => !NotCopied.Any(column.StartsWith)).Order());
    }

    [Theory]
    [InlineData(Database.Sqlite, Database.Sqlite)]
    [InlineData(Database.Sqlite, Database.Postgres)]
    [InlineData(Database.Postgres, Database.Sqlite)]
    [InlineData(Database.Postgres, Database.Postgres)]
    public async Task What_was_restored_is_backed_up_as_the_very_same_bytes_in_another_life(Database from, Database to)
    {
        await using var before = await CopyPlace.FilledAsync(from);
        await using var after = await CopyPlace.EmptyAsync(to);
        var first = await before.BackUpAsync();

        await after.RestoreAsync(first.Path);

        var second = await after.BackUpAsync();
        Assert.Equal(first.Manifest!.Files, second.Manifest!.Files);
        Assert.Equal(first.Manifest.Streams, second.Manifest.Streams);
        Assert.NotEqual(first.Manifest.Generation, second.Manifest.Generation);
        Assert.Equal((7, Some.Instant + 1000), (second.Manifest.Events, second.Manifest.NewestAt!.Value.ToUnixTimeMilliseconds()));
    }

    [Theory]
    [InlineData(Database.Sqlite, Database.Postgres, "email")]
    [InlineData(Database.Postgres, Database.Sqlite, "staff")]
    [InlineData(Database.Sqlite, Database.Sqlite, "email", "staff")]
    public async Task What_came_later_and_holds_nothing_is_left_out_of_a_backup_each_by_itself(Database from, Database to, params string[] gone)
    {
        await using var before = await CopyPlace.FilledAsync(from);
        await using var after = await CopyPlace.EmptyAsync(to);
        await before.OnAccountsAsync($"update {before.Schema}people set {string.Join(", ", gone.Select(column => column + " = null"))}");
        var first = await before.BackUpAsync();
        var line = Assert.Single(CopyPlace.Lines(first.Path, "people"));

        await after.RestoreAsync(first.Path);

        foreach (var column in new[] { "email", "staff" })
            Assert.Equal(!gone.Contains(column), line.Contains($"\"{column}\":", StringComparison.Ordinal));
        Assert.Equal(line, Assert.Single(CopyPlace.Lines((await after.BackUpAsync()).Path, "people")));
    }

    [Theory, EveryDatabase]
    public async Task A_restored_journal_goes_on_where_it_ended(Database database)
    {
        await using var before = await CopyPlace.FilledAsync(database);
        await using var after = await CopyPlace.EmptyAsync(database);
        await after.RestoreAsync((await before.BackUpAsync()).Path);

        await using var silo = await after.OpenAsync();
        await silo.Journal.AppendAsync(Some.Stream(77), (1, Some.Instant));
        var tail = (await silo.Journal.TailsAsync()).Single(one => one.Stream == Some.Stream()).Tail;
        await silo.Journal.WriteAsync(tail.Unit(Some.Stream()));

        Assert.Equal(5, (await silo.Journal.HeadsAsync([Some.Stream()]))[Some.Stream()]);
    }

    [Theory, EveryDatabase]
    public async Task A_copy_shows_one_moment_while_the_site_goes_on(Database database)
    {
        await using var place = await CopyPlace.FilledAsync(database);
        await using var silo = await place.OpenAsync();
        await using var source = await place.SourceAsync();
        await using var target = BackupTarget.Create(place.Backups, "0.0.0", CopyPlace.Made);

        await silo.Journal.AppendAsync(Some.Stream(3), (5, Some.Instant));
        await SiteCopy.RunAsync(source, target, null, null);

        Assert.Equal(7, target.Manifest!.Events);
        Assert.DoesNotContain(target.Manifest.Streams, head => head.Stream == Some.Stream(3).Value);
        Assert.Equal(5, (await silo.Journal.HeadsAsync([Some.Stream(3)]))[Some.Stream(3)]);
    }

    [Theory, EveryDatabase]
    public async Task A_site_is_never_overwritten(Database database)
    {
        await using var place = await CopyPlace.FilledAsync(database);
        var backup = await place.BackUpAsync();

        await Assert.ThrowsAsync<TargetNotEmptyException>(() => place.RestoreAsync(backup.Path));

        Assert.Equal(4, await place.CountAsync("journal"));
    }

    [Theory, EveryDatabase]
    public async Task A_move_keeps_the_life_of_the_database(Database to)
    {
        await using var before = await CopyPlace.FilledAsync(Database.Sqlite);
        await using var after = await CopyPlace.EmptyAsync(to);
        await using var source = await before.SourceAsync();
        await using (var target = await after.TargetAsync(source.Generation))
            await SiteCopy.RunAsync(source, target, null, null);

        await using var copy = await after.SourceAsync();
        Assert.Equal(source.Generation, copy.Generation);
    }

    [Theory, EveryDatabase]
    public async Task A_journal_that_was_tampered_with_is_not_taken_for_whole(Database database)
    {
        await using var place = await CopyPlace.FilledAsync(database);
        await place.ExecuteAsync("update journal set events = replace(events, '好1', '坏1') where version = 2");

        var broken = await Assert.ThrowsAsync<InvalidDataException>(() => place.BackUpAsync());

        Assert.Contains("the hash chain breaks at version 2", broken.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(place.Backups));
    }

    [Theory, EveryDatabase]
    public async Task A_copy_is_made_anew_itself_and_has_no_mark_of_what_was_unfinished_before(Database database)
    {
        await using var place = await CopyPlace.FilledAsync(database);
        await place.ExecuteAsync("insert into meta (name, value) values ('unfinished-rebuild', '1')");

        var backup = await place.BackUpAsync();

        Assert.DoesNotContain(CopyPlace.Lines(backup.Path, "meta"), line => line.Contains("unfinished", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_whose_filling_was_interrupted_can_be_filled_again()
    {
        await using var before = await CopyPlace.FilledAsync(Database.Postgres);
        await using var after = await CopyPlace.EmptyAsync(Database.Postgres);
        var backup = await before.BackUpAsync();
        await after.RestoreAsync(backup.Path);

        await after.RestoreAsync(backup.Path);
        await SiteCopy.FinishPostgresAsync(after.Postgres!);

        await Assert.ThrowsAsync<TargetNotEmptyException>(() => after.RestoreAsync(backup.Path));
        await SiteCopy.ClearUnfinishedPostgresAsync(after.Postgres!);
        Assert.Equal(4, await after.CountAsync("journal"));
    }
}
