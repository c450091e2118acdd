using System.Collections.Concurrent;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Feedback.Storage.Tests.Support;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Storage.Tests.Journal;

public sealed class CrashTests
{
    [Fact]
    public async Task A_killed_server_loses_nothing_acknowledged_and_the_writer_goes_on_by_itself()
    {
        const int Streams = 40, Crashes = 3, AppendsPerPhase = 400;
        await using var server = await PrivatePostgres.StartAsync(durable: true);
        await using var place = await Place.NewAsync(server);
        await using var silo = await place.OpenAsync();
        var acknowledged = new ConcurrentDictionary<(StreamName, long), Digest>();
        var tails = Enumerable.Range(1, Streams).Select(Some.Stream).ToDictionary(stream => stream, StreamTail.Of);

        for (var crash = 0; crash < Crashes; crash++)
        {
            var (appended, enough) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            var callers = tails.Keys.ToList().ConvertAll(stream => Task.Run(async () =>
            {
                // Until the server dies under it: then nobody knows what became of the last append.
                for (var tail = tails[stream]; ;)
                {
                    var unit = tail.Unit(stream);
                    await silo.Journal.WriteAsync(unit);
                    acknowledged[(stream, unit.Append!.Row.Version)] = unit.Append.Row.Digest;
                    tail = StreamTail.After(unit.Append.Row);
                    if (Interlocked.Increment(ref appended) == AppendsPerPhase)
                        enough.SetResult();
                }
            }));
            await enough.Task;
            await server.KillAsync();
            await Task.WhenAll(callers.Select(caller => Assert.ThrowsAnyAsync<Exception>(() => caller)));
            await Assert.ThrowsAsync<JournalBusyException>(() => silo.Probe.CommitAsync());
            await server.RestartAsync();
            await silo.Probe.CommitAsync();

            foreach (var stream in tails.Keys)
                tails[stream] = await CheckChainAsync(silo.Journal, stream, acknowledged);
        }

    }

    private static async Task<StreamTail> CheckChainAsync(IJournal journal, StreamName stream, ConcurrentDictionary<(StreamName, long), Digest> acknowledged)
    {
        var tail = StreamTail.Of(stream);
        foreach (var row in await journal.ReadAsync(stream, 0, int.MaxValue))
        {
            Assert.Equal(tail.Version + 1, row.Version);
            Assert.Equal(row.Elements().Aggregate(tail.Digest, (digest, element) => digest.After(element.Span)), row.Digest);
            if (acknowledged.TryGetValue((stream, row.Version), out var told))
                Assert.Equal(told, row.Digest);
            tail = StreamTail.After(row);
        }

        Assert.DoesNotContain(acknowledged.Keys, key => key.Item1 == stream && key.Item2 > tail.Version);
        return tail;
    }
}
