using Dapper;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tallies;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;
using Feedback.Storage.Tests.Support;
using Xunit;

namespace Feedback.Storage.Tests.Days;

public sealed class DayTests
{
    private static readonly DateOnly March = new(2026, 3, 1);

    [Theory, EveryDatabase]
    public async Task A_day_is_read_back_as_it_was_stored(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var day = Some.Day(version: 7, matters: [new MatterEntry(1, 1, 2, 3, 4, Finished: true), new MatterEntry(ulong.MaxValue, 5, 5, 6, 0, Finished: false)]);

        await silo.Journal.WriteAsync(new JournalUnit { Days = [day, Some.Day(day: 2)] });

        var found = await silo.Days.FindAsync(day.Window, day.Day);
        Assert.Equal(day with { Matters = default }, found! with { Matters = default });
        Assert.Equal(day.Matters.AsEnumerable(), found.Matters);
        Assert.Null(await silo.Days.FindAsync(day.Window, March.AddDays(5)));
        Assert.Equal([1, 2], (await silo.Days.OfWindowAsync(day.Window, March, March.AddDays(2))).Select(one => one.Day.Day));
        Assert.Equal([2], (await silo.Days.OfWindowAsync(day.Window, March.AddDays(1), March.AddDays(9))).Select(one => one.Day.Day));
        Assert.Equal([1], (await silo.Days.OfWindowAsync(day.Window, March, March.AddDays(1))).Select(one => one.Day.Day));
    }

    [Theory, EveryDatabase]
    public async Task Days_are_replaced_only_by_newer_versions(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        foreach (var (version, fives) in new[] { (5, 50), (4, 40), (5, 51), (6, 60) })
        {
            await silo.Journal.WriteAsync(new JournalUnit { Days = [Some.Day(version: version, fives: fives)] });
            var expected = version == 6 ? (6, 60) : (5, 50);
            var held = await silo.Days.FindAsync(NodeId.Numbered(1), March);
            Assert.Equal(expected, (held!.Version, held.Tally.Evaluations - 2));
        }
    }

    [Theory, EveryDatabase]
    public async Task The_same_day_from_many_callers_at_once_ends_as_the_newest(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();

        await Task.WhenAll(Enumerable.Range(1, 100).Select(version => silo.Journal.WriteAsync(new JournalUnit
        {
            Days = [Some.Day(version: 101 - version), Some.Day(window: 2, version: version)],
            DaysThrough = new DaysThrough(NodeId.Numbered(1), 101 - version),
        })));

        Assert.Equal(100, (await silo.Days.FindAsync(NodeId.Numbered(1), March))!.Version);
        Assert.Equal(100, (await silo.Days.FindAsync(NodeId.Numbered(2), March))!.Version);
        Assert.Equal(100, (await silo.Days.ThroughAsync([NodeId.Numbered(1)]))[NodeId.Numbered(1)]);
    }

    [Theory, EveryDatabase]
    public async Task A_stale_fold_revision_is_invisible_and_replaced_by_any_version(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var window = NodeId.Numbered(1);
        await silo.Journal.WriteAsync(new JournalUnit { Days = [Some.Day(version: 9)], DaysThrough = new DaysThrough(window, 9) });
        await using (var connection = await place.ConnectAsync())
            await connection.ExecuteAsync($"update node_days set fold = {TallyFold.Revision - 1}; update days_through set fold = {TallyFold.Revision - 1}");

        Assert.Null(await silo.Days.FindAsync(window, March));
        Assert.Empty(await silo.Days.OfWindowAsync(window, March, March.AddDays(9)));
        Assert.Empty(await silo.Days.ChangedSinceAsync(window, 0));
        Assert.Empty(await silo.Days.BelowAsync(new NodeId("n100"), March, March.AddDays(9)));
        Assert.Empty(await silo.Days.NewestBelowAsync(new NodeId("n100"), March, March.AddDays(9)));
        Assert.Equal(0, (await silo.Days.ThroughAsync([window]))[window]);
        Assert.Equal(TallyFold.Revision - 1, Assert.Single(await AllAsync(silo)).Revision);

        await silo.Journal.WriteAsync(new JournalUnit { Days = [Some.Day(version: 2)], DaysThrough = new DaysThrough(window, 2) });

        Assert.Equal(2, (await silo.Days.FindAsync(window, March))!.Version);
        Assert.Equal(2, (await silo.Days.ThroughAsync([window]))[window]);
    }

    [Theory, EveryDatabase]
    public async Task Completeness_never_goes_back(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var window = NodeId.Numbered(1);
        foreach (var version in new[] { 10, 7, 12, 11 })
            await silo.Journal.WriteAsync(new JournalUnit { DaysThrough = new DaysThrough(window, version) });

        Assert.Equal(
            new Dictionary<NodeId, long> { [window] = 12, [NodeId.Numbered(2)] = 0 },
            await silo.Days.ThroughAsync([window, NodeId.Numbered(2)]));
    }

    [Theory, EveryDatabase]
    public async Task Days_below_a_parent_come_without_matters_and_with_their_newest_versions(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var matter = new MatterEntry(1, 1, 2, 3, 4, Finished: true);
        await silo.Journal.WriteAsync(new JournalUnit
        {
            Days =
            [
                Some.Day(window: 2, day: 1, version: 4, matters: matter), Some.Day(window: 1, day: 1, version: 3), Some.Day(window: 1, day: 2, version: 8),
                Some.Day(window: 1, day: 3, version: 9), Some.Day(window: 3, day: 1, version: 5, parent: "n200"),
            ],
        });

        var below = await silo.Days.BelowAsync(new NodeId("n100"), March, March.AddDays(2));

        Assert.Equal([("n1", 1), ("n2", 1), ("n1", 2)], below.Select(day => (day.Window.Value, day.Day.Day)));
        Assert.All(below, day => Assert.Empty(day.Matters));
        Assert.Equal(
            new Dictionary<NodeId, long> { [new NodeId("n1")] = 8, [new NodeId("n2")] = 4 },
            await silo.Days.NewestBelowAsync(new NodeId("n100"), March, March.AddDays(2)));
    }

    [Theory, EveryDatabase]
    public async Task Days_changed_since_an_instant_include_that_instant(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        await silo.Journal.WriteAsync(new JournalUnit
        {
            Days = [Some.Day(day: 1, changedAt: 300), Some.Day(day: 2, changedAt: 100), Some.Day(day: 3, changedAt: 200), Some.Day(window: 2, changedAt: 900)],
        });

        Assert.Equal([1, 3], (await silo.Days.ChangedSinceAsync(NodeId.Numbered(1), 200)).Select(day => day.Day.Day));
        Assert.Empty(await silo.Days.ChangedSinceAsync(NodeId.Numbered(1), 301));
    }

    [Theory, EveryDatabase]
    public async Task Main_counts_are_also_columns(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        await silo.Journal.WriteAsync(new JournalUnit { Days = [Some.Day(fives: 6)] });

        await using var connection = await place.ConnectAsync();
        Assert.Equal(
            (6, 0, 2, 3),
            await connection.QuerySingleAsync<(int, int, int, int)>("select active_5, active_4, declined, matters_finished from node_days"));
    }

    [Theory, EveryDatabase]
    public async Task Every_day_is_listed_and_clearing_leaves_the_journal(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var stream = Some.Stream();
        var late = Some.Opaque();
        await silo.Journal.WriteAsync(StreamTail.Of(stream).Unit(stream) with { LateIds = [new LateId(late, 1)], Due = [new DueRow(1, 2, "k", "{}")] });
        await silo.Journal.WriteAsync(new JournalUnit
        {
            Days = [.. Enumerable.Range(0, 2500).Select(i => Some.Day(window: (i / 25) + 1, day: (i % 25) + 1))],
            DaysThrough = new DaysThrough(NodeId.Numbered(1), 1),
        });

        var all = await AllAsync(silo);
        Assert.Equal(2500, all.Count);
        Assert.Equal(all.OrderBy(one => one.Day.Window).ThenBy(one => one.Day.Day).Select(one => (one.Day.Window, one.Day.Day)), all.Select(one => (one.Day.Window, one.Day.Day)));

        await silo.Derived.ClearAsync();

        Assert.Empty(await AllAsync(silo));
        Assert.Equal(0, (await silo.Days.ThroughAsync([NodeId.Numbered(1)]))[NodeId.Numbered(1)]);
        Assert.Empty(await silo.Journal.FindLateAsync(stream, [late]));
        Assert.Single(await silo.Journal.ReadAsync(stream, 0, 10));
        await using var connection = await place.ConnectAsync();
        Assert.Equal(1, await connection.ExecuteScalarAsync<long>("select count(*) from due"));

        // Made anew without an append, late identities belong to the window whose days come with them.
        await silo.Journal.WriteAsync(new JournalUnit { LateIds = [new LateId(late, 1)], DaysThrough = new DaysThrough(NodeId.Numbered(1), 1) });
        Assert.Equal(1, (await silo.Journal.FindLateAsync(stream, [late]))[late]);
    }

    private static async Task<List<(WindowDay Day, int Revision)>> AllAsync(OpenStorage silo)
    {
        var all = new List<(WindowDay, int)>();
        await foreach (var day in silo.Derived.AllDaysAsync())
            all.Add(day);
        return all;
    }
}
