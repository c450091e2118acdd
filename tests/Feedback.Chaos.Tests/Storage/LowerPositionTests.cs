using Feedback.Chaos.Tests.Load;
using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Npgsql;
using Xunit;

namespace Feedback.Chaos.Tests.Storage;

/// <summary>A transaction that took its place earlier ends later than those after it.</summary>
public sealed class LowerPositionTests
{
    // The next row of a window, as another silo would insert it, which is then given up.
    private const string Take = """
        insert into journal (stream, version, count, at, events, digest)
        select j.stream, max(j.version + j.count), 1, max(j.at), '[]', decode(repeat('00', 32), 'hex')
        from journal j join streams s on s.id = j.stream where s.name = @name group by j.stream
        """;

    [Fact]
    public Task Readers_miss_nothing_that_is_committed_later_than_what_follows_it() =>
        ResultTable.RecordAsync(18, "a transaction holds a lower position for 10 s, 100 events/s", async row =>
        {
            await using var postgres = await PrivatePostgres.StartAsync(durable: true);
            var connection = await postgres.CreateDatabaseAsync();
            using var data = await DemoData.CreateAsync(connection);
            await using var server = await data.StartAsync("serve");
            var ledger = new Ledger();
            using var load = new KioskLoad(data, ledger, 100, "lower");
            using var reader = new DemoClient(data, server.Url);
            load.Point(server.Url);
            var running = load.RunAsync();
            await Wait.UntilAsync("every window has something", () => Task.FromResult(ledger.Acknowledged > 10 * data.Windows.Count));

            var (fell, last, held) = (0, 0, load.Now);
            await using (var holder = new NpgsqlConnection(connection + ";Pooling=false"))
            {
                await holder.OpenAsync();
                await using var transaction = await holder.BeginTransactionAsync();
                await TakeNextAsync(holder, $"window:{data.Windows[0]}");
                while (load.Now < held + Scale.Seconds(10).TotalSeconds)
                {
                    var count = await reader.CountAsync();
                    (fell, last) = (fell + (count < last ? 1 : 0), count);
                    await Task.Delay(TimeSpan.FromMilliseconds(100), Wait.Clock);
                }

                await transaction.RollbackAsync();
            }

            var released = load.Now;
            await Task.Delay(TimeSpan.FromSeconds(3), Wait.Clock);
            load.Enough();
            await running;
            row.Measure("stored in other windows meanwhile", load.Figures.Between(held, released).Count(one => one.IsStored && one.Window != data.Windows[0]));
            row.Measure("storing in the window again after", load.Figures.ResumedAfter(released) ?? double.NaN, "s");
            using (var counting = new DemoClient(data, server.Url))
                await Wait.UntilAsync("readers have everything", async () => await counting.CountAsync() == ledger.Attempted);
            row.Measure("missed by readers", ledger.Attempted - await reader.CountAsync());
            await Oracle.AssertAsync(row, data, ledger, server, () => StoredEvents.OfPostgres(connection));
            Assert.Equal(0, fell);
        });

    // Whoever appends to the window at this very moment may be first.
    private static Task TakeNextAsync(NpgsqlConnection holder, string stream) => Wait.UntilAsync("the place is taken", async () =>
    {
        await using var savepoint = new NpgsqlCommand("savepoint before", holder);
        await savepoint.ExecuteNonQueryAsync();
        try
        {
            await using var insert = new NpgsqlCommand(Take, holder) { Parameters = { new("name", stream) } };
            return await insert.ExecuteNonQueryAsync() == 1;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            await using var back = new NpgsqlCommand("rollback to savepoint before", holder);
            await back.ExecuteNonQueryAsync();
            return false;
        }
    });
}
