using Dapper;
using Feedback.Domain.Checkpoints;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Feedback.Storage.Tests.Support;
using Xunit;

namespace Feedback.Storage.Tests.Journal;

public sealed class ReadTests
{
    [Theory, EveryDatabase]
    public async Task Heads_are_the_last_versions_and_0_for_unknown_streams(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        await silo.Journal.AppendAsync(Some.Stream(1), (3, Some.Instant), (2, Some.Instant));
        await silo.Journal.AppendAsync(Some.Stream(2), (1, Some.Instant));

        var heads = await silo.Journal.HeadsAsync([Some.Stream(1), Some.Stream(2), Some.Stream(3), Some.Stream(1)]);

        Assert.Equal(new Dictionary<StreamName, long> { [Some.Stream(1)] = 5, [Some.Stream(2)] = 1, [Some.Stream(3)] = 0 }, heads);
        Assert.Empty(await silo.Journal.HeadsAsync([]));
    }

    [Theory, EveryDatabase]
    public async Task The_tails_of_all_streams_are_their_last_rows_ends(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        Assert.Empty(await silo.Journal.TailsAsync());
        var one = await silo.Journal.AppendAsync(Some.Stream(1), (3, Some.Instant), (2, Some.Instant + 1));
        var two = await silo.Journal.AppendAsync(Some.Stream(2), (1, Some.Instant));

        Assert.Equal([(Some.Stream(1), StreamTail.After(one[1])), (Some.Stream(2), StreamTail.After(two[0]))], await silo.Journal.TailsAsync());
    }

    [Theory, EveryDatabase]
    public async Task Shapes_are_those_of_the_rows_behind_one_version_and_up_to_another(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var stream = Some.Stream();
        await silo.Journal.AppendAsync(stream, (3, 10), (2, 20), (1, 30), (4, 40));

        Assert.Equal([new RowShape(4, 2, 20), new RowShape(6, 1, 30)], await silo.Journal.ShapesAsync(stream, 3, 6));
        Assert.Equal(4, (await silo.Journal.ShapesAsync(stream, 0, 10)).Count);
        Assert.Empty(await silo.Journal.ShapesAsync(stream, 10, 99));
        Assert.Empty(await silo.Journal.ShapesAsync(Some.Stream(9), 0, 99));
    }

    [Theory, EveryDatabase]
    public async Task Reading_after_a_version_inside_a_row_brings_that_row_whole(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var stream = Some.Stream();
        // Versions 1–3, 4–5, 6, 7–10.
        await silo.Journal.AppendAsync(stream, (3, 1), (2, 2), (1, 3), (4, 4));

        Assert.Equal([1, 4, 6, 7], await VersionsAfterAsync(0));
        Assert.Equal([1, 4, 6, 7], await VersionsAfterAsync(2));
        Assert.Equal([4, 6, 7], await VersionsAfterAsync(3));
        Assert.Equal([4, 6, 7], await VersionsAfterAsync(4));
        Assert.Equal([6, 7], await VersionsAfterAsync(5));
        Assert.Equal([7], await VersionsAfterAsync(9));
        Assert.Empty(await VersionsAfterAsync(10));
        Assert.Empty(await VersionsAfterAsync(99));
        Assert.Equal([1, 4], await VersionsAfterAsync(1, limit: 2));
        Assert.Empty(await silo.Journal.ReadAsync(Some.Stream(2), 0, 10));

        async Task<IEnumerable<long>> VersionsAfterAsync(long after, int limit = 100) =>
            (await silo.Journal.ReadAsync(stream, after, limit)).Select(row => row.Version);
    }

    [Theory, EveryDatabase]
    public async Task A_span_of_time_includes_both_ends(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var stream = Some.Stream();
        // Versions 1–2 at 10, 3 at 20, 4–6 at 20, 7 at 30, 8 at 50.
        await silo.Journal.AppendAsync(stream, (2, 10), (1, 20), (3, 20), (1, 30), (1, 50));
        await silo.Journal.AppendAsync(Some.Stream(2), (9, 20));

        Assert.Equal([3, 4, 7], await SpanAsync(20, 30));
        Assert.Equal([1, 3, 4, 7, 8], await SpanAsync(0, 99));
        Assert.Equal([1, 3, 4], await SpanAsync(10, 20));
        Assert.Equal([8], await SpanAsync(31, 50));
        Assert.Empty(await SpanAsync(31, 49));
        Assert.Empty(await SpanAsync(51, 99));
        Assert.Empty(await SpanAsync(0, 9));
        Assert.Empty(await silo.Journal.ReadSpanAsync(Some.Stream(3), 0, 99));

        async Task<IEnumerable<long>> SpanAsync(long from, long to) => (await silo.Journal.ReadSpanAsync(stream, from, to)).Select(row => row.Version);
    }

    [Theory, EveryDatabase]
    public async Task A_span_of_a_long_stream_is_what_a_filter_over_all_rows_finds(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var random = new Random(20260301);
        var at = 0L;
        var rows = await silo.Journal.AppendAsync(Some.Stream(), [.. Enumerable.Range(0, 200).Select(_ => (random.Next(1, 5), at += random.Next(0, 4)))]);

        for (var i = 0; i < 40; i++)
        {
            var from = random.Next(-5, (int)at + 5);
            var to = from + random.Next(0, 60);
            var found = await silo.Journal.ReadSpanAsync(Some.Stream(), from, to);
            Assert.Equal(rows.Where(row => row.At >= from && row.At <= to).Select(row => row.Version), found.Select(row => row.Version));
        }
    }

    [Theory, EveryDatabase]
    public async Task A_version_is_found_with_the_digest_before_its_row(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var stream = Some.Stream();
        var rows = await silo.Journal.AppendAsync(stream, (2, 1), (3, 2));

        var first = await silo.Journal.FindAsync(stream, 2);
        var last = await silo.Journal.FindAsync(stream, 5);

        Assert.Equal((1, Digest.Before(stream)), (first!.Value.Row.Version, first.Value.Before));
        Assert.Equal((3, rows[0].Digest), (last!.Value.Row.Version, last.Value.Before));
        Assert.Null(await silo.Journal.FindAsync(stream, 6));
        Assert.Null(await silo.Journal.FindAsync(stream, 0));
        Assert.Null(await silo.Journal.FindAsync(Some.Stream(2), 1));
    }

    [Theory, EveryDatabase]
    public async Task Streams_are_listed_in_the_order_in_which_they_began(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        foreach (var number in new[] { 7, 3, 12 })
            await silo.Journal.AppendAsync(Some.Stream(number), (1, 1));

        Assert.Equal([Some.Stream(7), Some.Stream(3), Some.Stream(12)], await silo.Journal.StreamsAsync());
    }

    [Theory, EveryDatabase]
    public async Task A_stream_that_has_a_name_and_no_event_yet_is_not_listed(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        await silo.Journal.AppendAsync(Some.Stream(1), (1, 1));
        await using var connection = await place.ConnectAsync();
        // As a silo leaves it that is killed between the name and the first event.
        await connection.ExecuteAsync("insert into streams (name) values ('case:qNSqRl4Nq_oPdMhVLLq7wKg')");

        Assert.Equal([Some.Stream(1)], await silo.Journal.StreamsAsync());
    }

    [Theory, EveryDatabase]
    public async Task Late_identities_are_found_under_their_stream_only(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var (stream, one, two) = (Some.Stream(), Some.Opaque(), Some.Opaque());
        await silo.Journal.WriteAsync(StreamTail.Of(stream).Unit(stream, 2) with { LateIds = [new LateId(one, 1), new LateId(two, 2)] });
        await silo.Journal.AppendAsync(Some.Stream(2), (1, 1));

        Assert.Equal(new Dictionary<Opaque, long> { [two] = 2, [one] = 1 }, await silo.Journal.FindLateAsync(stream, [two, Some.Opaque(), one]));
        Assert.Empty(await silo.Journal.FindLateAsync(Some.Stream(2), [one]));
        Assert.Empty(await silo.Journal.FindLateAsync(Some.Stream(9), [one]));
    }

    [Theory, EveryDatabase]
    public async Task The_view_unfolds_events(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        await silo.Journal.AppendAsync(Some.Stream(), (2, 10), (1, 20));

        await using var connection = await place.ConnectAsync();
        var lines = (await connection.QueryAsync<(string Stream, long Version, long At, string Kind, string Event)>(
            "select stream, version, at, kind, cast(event as text) from journal_events order by version")).ToList();

        Assert.Equal([(1L, 10L), (2L, 10L), (3L, 20L)], lines.Select(line => (line.Version, line.At)));
        Assert.All(lines, line => Assert.Equal((Some.Stream().Value, "some.thing"), (line.Stream, line.Kind)));
        Assert.Equal("""{"kind":"some.thing","v":1,"text":"好1"}""", lines[1].Event);
    }

    [Theory, EveryDatabase]
    public async Task A_reader_needs_no_running_writer(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        await silo.Journal.AppendAsync(Some.Stream(), (1, 10));

        await using var reader = place.OpenForReading();
        var journal = (IJournal)reader.GetService(typeof(IJournal))!;

        Assert.Single(await journal.ReadAsync(Some.Stream(), 0, 10));
        Assert.Equal(await silo.Journal.GenerationAsync(), await journal.GenerationAsync());
    }
}
