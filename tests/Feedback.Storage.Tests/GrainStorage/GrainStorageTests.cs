using System.Runtime.CompilerServices;
using Orleans.Storage;
using Xunit;

namespace Feedback.Storage.Tests.GrainStorage;

/// <summary>What grains rely on, through Orleans' own provider, on every database.</summary>
public abstract class GrainStorageTests(GrainStorageDatabase database)
{
    public enum Mood
    {
        Unknown,
        Calm,
    }

    public sealed class Window
    {
        public long Head { get; set; }

        public string? Word { get; set; }

        public Mood Mood { get; set; }

        public byte[] Known { get; set; } = [];
    }

    public sealed class WindowOfALaterRelease
    {
        public long Head { get; set; }

        public string Colour { get; set; } = "青";
    }

    [Fact]
    public async Task What_one_silo_wrote_another_reads()
    {
        await using var one = await SiloAsync();
        await using var other = await SiloAsync();
        var written = new Activation<Window>(new() { Head = long.MaxValue, Word = "满意 '\u0000' \"", Mood = Mood.Calm, Known = [0, 255] });

        await one.WriteAsync("n12", written);
        var read = await other.ReadAsync<Window>("n12");

        Assert.Equivalent(written.State, read.State, strict: true);
        Assert.True(read.RecordExists);
        Assert.Equal(written.ETag, read.ETag);
    }

    [Fact]
    public async Task A_state_never_written_is_new()
    {
        await using var silo = await SiloAsync();

        var read = await silo.ReadAsync<Window>("n12");

        Assert.False(read.RecordExists);
        Assert.Null(read.ETag);
        Assert.Equal(0, read.State.Head);
    }

    [Fact]
    public async Task A_writer_with_an_old_version_is_refused_and_changes_nothing()
    {
        await using var silo = await SiloAsync();
        await silo.WriteAsync("n12", new Activation<Window>(new() { Head = 1 }));
        var stale = await silo.ReadAsync<Window>("n12");
        var current = await silo.ReadAsync<Window>("n12");
        current.State.Head = 2;
        await silo.WriteAsync("n12", current);

        stale.State.Head = 9;
        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.WriteAsync("n12", stale));

        Assert.Equal(2, (await silo.ReadAsync<Window>("n12")).State.Head);
    }

    [Fact]
    public async Task Of_several_first_writers_exactly_one_wins()
    {
        await using var one = await SiloAsync();
        await using var other = await SiloAsync();

        foreach (var key in Enumerable.Range(0, 25).Select(number => $"n{number}"))
        {
            var writers = Enumerable.Range(1, 4).Select(head => new Activation<Window>(new() { Head = head })).ToList();
            var won = await Task.WhenAll(writers.Select((state, index) =>
                Task.Run(() => (index % 2 == 0 ? one : other).TryWriteAsync(key, state))));

            Assert.Single(won, true);
            var winner = writers[Array.IndexOf(won, true)];
            Assert.Equal(winner.State.Head, (await one.ReadAsync<Window>(key)).State.Head);
        }
    }

    [Fact]
    public async Task Of_several_writers_of_one_version_exactly_one_wins()
    {
        await using var silo = await SiloAsync();
        await silo.WriteAsync("n12", new Activation<Window>(new()));

        for (var round = 0; round < 25; round++)
        {
            var writers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => silo.ReadAsync<Window>("n12")));
            foreach (var writer in writers)
                writer.State.Head++;
            var won = await Task.WhenAll(writers.Select(state => Task.Run(() => silo.TryWriteAsync("n12", state))));

            Assert.Single(won, true);
        }

        Assert.Equal(25, (await silo.ReadAsync<Window>("n12")).State.Head);
    }

    [Fact]
    public async Task A_cleared_state_is_new_but_keeps_its_version()
    {
        await using var silo = await SiloAsync();
        var state = new Activation<Window>(new() { Head = 1 });
        await silo.WriteAsync("n12", state);
        var stale = await silo.ReadAsync<Window>("n12");

        await silo.ClearAsync("n12", state);

        var read = await silo.ReadAsync<Window>("n12");
        Assert.False(read.RecordExists);
        Assert.Equal(0, read.State.Head);
        Assert.False(await silo.TryWriteAsync("n12", stale));
        Assert.False(await silo.TryWriteAsync("n12", new Activation<Window>(new() { Head = 8 })));
        Assert.True(await silo.TryWriteAsync("n12", read));
    }

    [Fact]
    public async Task Clearing_with_an_old_version_is_refused_and_changes_nothing()
    {
        await using var silo = await SiloAsync();
        var state = new Activation<Window>(new() { Head = 1 });
        await silo.WriteAsync("n12", state);
        var stale = await silo.ReadAsync<Window>("n12");
        state.State.Head = 2;
        await silo.WriteAsync("n12", state);

        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.ClearAsync("n12", stale));

        Assert.Equal(2, (await silo.ReadAsync<Window>("n12")).State.Head);
    }

    [Fact]
    public async Task Our_ids_are_told_apart_however_alike_they_look()
    {
        await using var silo = await SiloAsync();
        string[] ids = ["n12", "n012", "n0012", "t12", "q12", "N12", "n12@2026-03", "n12@2026-3", "n12+", "n12+1", "n", "n1"];

        foreach (var (index, id) in ids.Index())
            await silo.WriteAsync(id, new Activation<Window>(new() { Head = index }));

        foreach (var (index, id) in ids.Index())
            Assert.Equal(index, (await silo.ReadAsync<Window>(id)).State.Head);
    }

    [Fact]
    public async Task A_key_that_looks_like_a_hexadecimal_number_is_taken_for_one_which_is_why_our_ids_do_not()
    {
        await using var silo = await SiloAsync();
        await silo.WriteAsync("020235", new Activation<Window>(new() { Head = 1 }));

        Assert.Equal(1, (await silo.ReadAsync<Window>("20235")).State.Head);
    }

    [Fact]
    public async Task A_state_of_another_name_is_another_state()
    {
        await using var heartbeats = await SiloAsync("heartbeats");
        await using var invitations = await SiloAsync("invitations");
        await heartbeats.WriteAsync("n12", new Activation<Window>(new() { Head = 1 }));

        Assert.False((await invitations.ReadAsync<Window>("n12")).RecordExists);
    }

    [Fact]
    public async Task The_stored_payload_is_plain_json_without_type_names()
    {
        await using var silo = await SiloAsync("plain");
        await silo.WriteAsync("n12", new Activation<Window>(new() { Head = 7, Mood = Mood.Calm, Word = "好" }));

        var payload = Assert.Single(await database.QueryAsync<byte[]>(
            database.ConnectionString, "select payload from orleansstorage where state_name = 'plain'"));

        Assert.Equal("""{"head":7,"word":"好","mood":"Calm","known":""}""", System.Text.Encoding.UTF8.GetString(payload));
    }

    [Fact]
    public async Task A_state_written_by_a_later_release_is_readable()
    {
        await using var silo = await SiloAsync();
        await silo.WriteAsync("n12", new Activation<WindowOfALaterRelease>(new() { Head = 5 }));

        Assert.Equal(5, (await silo.ReadAsync<Window>("n12")).State.Head);
    }

    /// <summary>A silo whose states bear the test's name, so that tests share the database without meeting.</summary>
    private Task<SiloStorage> SiloAsync([CallerMemberName] string stateName = "") =>
        SiloStorage.StartAsync(database.Invariant, database.ConnectionString, stateName);
}

public sealed class GrainStorageOnPostgresTests(PostgresGrainStorageDatabase database)
    : GrainStorageTests(database), IClassFixture<PostgresGrainStorageDatabase>;

public sealed class GrainStorageOnSqliteTests(SqliteGrainStorageDatabase database)
    : GrainStorageTests(database), IClassFixture<SqliteGrainStorageDatabase>;
