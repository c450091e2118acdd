using Dapper;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Grains.Journal;
using Feedback.Storage.Tests.Support;
using Xunit;

namespace Feedback.Storage.Tests.Journal;

public sealed class AppendTests
{
    [Theory, EveryDatabase]
    public async Task An_append_is_read_back_byte_for_byte(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var stream = Some.Stream();
        var row = StreamTail.Of(stream).Next([Some.Event("满意 😀 𠮷 \\u0001 é"), Some.Event()], Some.Instant);

        await silo.Journal.WriteAsync(new JournalUnit { Append = new Append(stream, row) });

        var read = Assert.Single(await silo.Journal.ReadAsync(stream, 0, 10));
        Assert.Equal(row.Events.ToArray(), read.Events.ToArray());
        Assert.Equal(row with { Events = default }, read with { Events = default });
    }

    [Theory, EveryDatabase]
    public async Task A_second_writer_with_an_older_view_gets_a_conflict_and_stores_nothing_not_even_its_rows(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var stream = Some.Stream();
        var rows = await silo.Journal.AppendAsync(stream, (2, Some.Instant));
        var (key, text) = Some.Sealed();
        var late = new LateId(Some.Opaque(), 1);
        var stale = StreamTail.Of(stream).Unit(stream) with
        {
            SubjectKeys = [key],
            Personal = [text],
            LateIds = [late],
            Days = [Some.Day()],
            DaysThrough = new DaysThrough(NodeId.Numbered(1), 1),
            Due = [new DueRow(0, Some.Instant, "k", "{}")],
        };

        await Assert.ThrowsAsync<VersionConflictException>(() => silo.Journal.WriteAsync(stale));

        Assert.Equal(rows[0].Digest, Assert.Single(await silo.Journal.ReadAsync(stream, 0, 10)).Digest);
        await using var connection = await place.ConnectAsync();
        foreach (var table in new[] { "personal", "subject_keys", "late_ids", "node_days", "days_through", "due" })
            Assert.Equal(0, await connection.ExecuteScalarAsync<long>($"select count(*) from {table}"));
    }

    [Theory, EveryDatabase]
    public async Task A_view_that_ends_inside_a_stored_row_is_refused(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var stream = Some.Stream();
        var rows = await silo.Journal.AppendAsync(stream, (3, Some.Instant));
        var inside = new StreamTail(1, rows[0].Digest, Some.Instant);

        await Assert.ThrowsAsync<VersionConflictException>(() => silo.Journal.WriteAsync(inside.Unit(stream)));
    }

    [Theory, EveryDatabase]
    public async Task A_gap_is_refused(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var stream = Some.Stream();
        var rows = await silo.Journal.AppendAsync(stream, (1, Some.Instant));
        var ahead = new StreamTail(2, rows[0].Digest, Some.Instant);

        await Assert.ThrowsAsync<VersionConflictException>(() => silo.Journal.WriteAsync(ahead.Unit(stream)));
        await Assert.ThrowsAsync<VersionConflictException>(() => silo.Journal.WriteAsync(ahead.Unit(Some.Stream(2))));

        Assert.Equal(1, (await silo.Journal.HeadsAsync([stream]))[stream]);
    }

    [Theory, EveryDatabase]
    public async Task Of_many_that_append_the_same_version_at_once_one_wins(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var stream = Some.Stream();

        var writes = Enumerable.Range(0, 100).Select(i => silo.Journal.WriteAsync(StreamTail.Of(stream).Unit(stream, 1, Some.Instant + i))).ToList();
        await Task.WhenAll(writes.Select(write => write.ContinueWith(_ => { }, TaskScheduler.Default)));

        Assert.Equal(1, writes.Count(write => write.IsCompletedSuccessfully));
        Assert.All(writes.Where(write => write.IsFaulted), write => Assert.IsType<VersionConflictException>(write.Exception!.InnerException));
        Assert.Single(await silo.Journal.ReadAsync(stream, 0, 10));
    }

    [Theory, EveryDatabase]
    public async Task Appends_of_one_stream_handed_over_without_waiting_are_stored_in_their_order(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var (stream, tail) = (Some.Stream(), StreamTail.Of(Some.Stream()));

        var writes = new List<Task>();
        for (var i = 0; i < 50; i++)
        {
            var unit = tail.Unit(stream, 2);
            tail = StreamTail.After(unit.Append!.Row);
            writes.Add(silo.Journal.WriteAsync(unit));
        }

        await Task.WhenAll(writes);
        Assert.Equal(100, (await silo.Journal.HeadsAsync([stream]))[stream]);
    }

    [Theory, EveryDatabase]
    public async Task Two_writers_on_one_stream_lose_no_increment(Database database)
    {
        const int Increments = 10_000;
        await using var place = await Place.NewAsync(database);
        await using var one = await place.OpenAsync();
        // A SQLite file has one writer; there the two are two callers of it.
        await using var other = database == Database.Postgres ? await place.OpenAsync() : null;
        var stream = Some.Stream();
        var left = Increments;

        var writers = new[] { one.Journal, (other ?? one).Journal }.Select(journal => Task.Run(async () =>
        {
            var (stored, tail) = (0, StreamTail.Of(stream));
            while (Interlocked.Decrement(ref left) >= 0)
            {
                for (var done = false; !done;)
                {
                    var unit = tail.Unit(stream);
                    try
                    {
                        await journal.WriteAsync(unit);
                        (done, tail) = (true, StreamTail.After(unit.Append!.Row));
                    }
                    catch (VersionConflictException)
                    {
                        foreach (var row in await journal.ReadAsync(stream, tail.Version, 1000))
                            tail = StreamTail.After(row);
                    }
                }

                stored++;
            }

            return stored;
        })).ToList();
        await Task.WhenAll(writers);

        Assert.Equal(Increments, writers.Sum(writer => writer.Result));
        var (next, digest) = (1L, Digest.Before(stream));
        while (await one.Journal.ReadAsync(stream, next - 1, 1000) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                Assert.Equal(next, row.Version);
                digest = row.Elements().Aggregate(digest, (before, element) => before.After(element.Span));
                Assert.Equal(digest, row.Digest);
                next = row.LastVersion + 1;
            }
        }

        Assert.Equal(Increments, next - 1);
    }

    [Theory, EveryDatabase]
    public async Task A_row_without_events_is_refused_before_any_database_sees_it(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var row = new JournalRow(1, 0, Some.Instant, "[]"u8.ToArray(), Digest.Before(Some.Stream()));

        await Assert.ThrowsAsync<ArgumentException>(() => silo.Journal.WriteAsync(new JournalUnit { Append = new Append(Some.Stream(), row) }));
    }
}
