using Dapper;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Feedback.Storage.Journal.Postgres;
using Feedback.Storage.Tests.Support;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Storage.Tests.Journal;

/// <summary>A PostgreSQL whose standby is away, or took over.</summary>
public sealed class StandbyTests
{
    [Fact]
    public async Task A_commit_that_gave_up_waiting_for_the_standby_is_not_told_as_stored()
    {
        await using var server = await PrivatePostgres.StartAsync();
        await using var place = await Place.NewAsync(server);
        await using var silo = await place.OpenAsync();
        var (stream, tail) = (Some.Stream(), StreamTail.Of(Some.Stream()));
        await using var connection = await place.ConnectAsync();
        await connection.ExecuteAsync("alter system set synchronous_standby_names = '*'");
        await connection.ExecuteAsync("select pg_reload_conf()");

        // The server takes that up a moment later, and until then commits alone.
        int? waiting = null;
        var (write, unit) = (Task.CompletedTask, tail.Unit(stream));
        while (waiting is null)
        {
            unit = tail.Unit(stream);
            write = silo.Journal.WriteAsync(unit);
            await Wait.UntilAsync("it is stored, or waits for the standby", async () =>
            {
                var stored = write.IsCompleted;
                waiting = await connection.ExecuteScalarAsync<int?>("select pid from pg_stat_activity where wait_event = 'SyncRep'");
                return stored || waiting is not null;
            });
            if (waiting is not null)
                break;
            await write;
            tail = StreamTail.After(unit.Append!.Row);
        }

        // As the end of a command's time does.
        await connection.ExecuteAsync("select pg_cancel_backend(@waiting)", new { waiting });

        await Assert.ThrowsAsync<NotReplicatedException>(() => write);
        // Nothing is wrong with the silo: it goes on by itself once the standby is back.
        Assert.False(silo.Get<IJournalVitals>().Read().NeedsRestart);
        Assert.Equal(unit.Append!.Row.LastVersion, (await silo.Journal.HeadsAsync([stream]))[stream]);
        await connection.ExecuteAsync("alter system reset synchronous_standby_names");
        await connection.ExecuteAsync("select pg_reload_conf()");
        await silo.Journal.WriteAsync(StreamTail.After(unit.Append.Row).Unit(stream));
    }

    [Fact]
    public async Task A_silo_whose_last_commit_is_missing_on_the_new_primary_stores_nothing_more_until_it_is_started_anew()
    {
        await using var place = await Place.NewAsync(Database.Postgres);
        await using var silo = await place.OpenAsync();
        var rows = await silo.Journal.AppendAsync(Some.Stream(), (1, 1), (1, 2));
        await using var connection = await place.ConnectAsync();

        await connection.ExecuteAsync("delete from journal where version = 2");
        await connection.TakeOverAsync();

        await Assert.ThrowsAsync<GenerationChangedException>(() => silo.Journal.WriteAsync(new JournalUnit { Days = [Some.Day()] }));
        Assert.True(silo.Get<IJournalVitals>().Read().NeedsRestart);
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("select count(*) from node_days"));
        await using var next = await place.OpenAsync();
        await next.Journal.WriteAsync(StreamTail.After(rows[0]).Unit(Some.Stream()));
    }

    [Fact]
    public async Task A_silo_whose_last_commits_are_on_the_new_primary_goes_on()
    {
        await using var place = await Place.NewAsync(Database.Postgres);
        await using var silo = await place.OpenAsync();
        var rows = await silo.Journal.AppendAsync(Some.Stream(), (1, 1), (1, 2));
        await using var connection = await place.ConnectAsync();

        await connection.TakeOverAsync();

        await silo.Journal.WriteAsync(StreamTail.After(rows[^1]).Unit(Some.Stream()));
        Assert.Equal(3, (await silo.Journal.HeadsAsync([Some.Stream()]))[Some.Stream()]);
    }
}
