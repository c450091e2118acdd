using Dapper;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Journal;
using Feedback.Grains.ServiceMatters;
using Feedback.Storage.Tests.Support;
using Xunit;

namespace Feedback.Storage.Tests.Matters;

/// <summary>Rows of service matters stand or fall with the append that they came with, and are listed by filters, page by page.</summary>
public sealed class MatterRowTests
{
    private static readonly MatterRow[] Rows =
    [
        SomeMatter.Row(1),
        SomeMatter.Row(2, node: "n8") with { Online = true, Visits = 0 },
        SomeMatter.Row(3, node: "n8") with { Stage = MatterStage.Completed, Visits = 2 },
        SomeMatter.Row(4, node: "n9") with { Stage = MatterStage.Completed, Visits = 3, Broken = true },
        SomeMatter.Row(5, node: "n9") with { Stage = MatterStage.Withdrawn },
    ];

    public static readonly TheoryData<string, MatterFilter, int[]> Filters = new()
    {
        { "everything", MatterFilter.Everything, [5, 4, 3, 2, 1] },
        { "nodes", new MatterFilter { Nodes = [new("n7"), new("n8"), new("n8")] }, [3, 2, 1] },
        { "many nodes", new MatterFilter { Nodes = [.. Enumerable.Range(8, 100).Select(NodeId.Numbered)] }, [5, 4, 3, 2] },
        { "no node", new MatterFilter { Nodes = [] }, [] },
        { "stages", new MatterFilter { Stages = [MatterStage.Completed, MatterStage.Withdrawn] }, [5, 4, 3] },
        { "opened", new MatterFilter { OpenedFrom = Some.Instant + 2, OpenedBefore = Some.Instant + 4 }, [3, 2] },
        { "visits", new MatterFilter { LeastVisits = 2 }, [4, 3] },
        { "broken", new MatterFilter { Broken = true }, [4] },
        { "not broken", new MatterFilter { Broken = false, Nodes = [new("n9")] }, [5] },
        { "number on the notice", new MatterFilter { Number = SomeMatter.NumberOf(2) }, [2] },
        { "own number", new MatterFilter { Hash = new Opaque((UInt128)1003) }, [3] },
        { "all at once", new MatterFilter { Nodes = [new("n8"), new("n9")], Stages = [MatterStage.Completed], LeastVisits = 2, Broken = false }, [3] },
    };

    [Theory, EveryDatabase]
    public async Task A_matter_is_read_back_as_it_was_stored(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();

        await silo.Journal.WriteAsync(new JournalUnit { Matters = [SomeMatter.Full(2), SomeMatter.Row(1)] });

        Assert.Equal([SomeMatter.Row(1), SomeMatter.Full(2)], await silo.Get<IMatterStore>().AllAsync().ToListAsync());
    }

    [Theory, EveryDatabase]
    public async Task A_matter_is_replaced_only_by_a_newer_version_of_it(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        foreach (var (version, stands) in new[] { (5, 5L), (4, 5), (5, 5), (6, 6) })
        {
            await silo.Journal.WriteAsync(new JournalUnit { Matters = [SomeMatter.Row(1, version) with { Visits = version }] });

            var held = Assert.Single(await silo.Get<IMatterStore>().AllAsync().ToListAsync());
            Assert.Equal((stands, (int)stands), (held.Version, held.Visits));
        }
    }

    [Theory, EveryDatabase]
    public async Task A_unit_that_lost_its_version_writes_no_matter_and_one_that_holds_writes_it_with_its_append(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var unit = StreamTail.Of(SomeMatter.Stream(1)).Unit(SomeMatter.Stream(1)) with { Matters = [SomeMatter.Row(1)] };
        await silo.Journal.WriteAsync(unit);

        await Assert.ThrowsAsync<VersionConflictException>(() => silo.Journal.WriteAsync(unit with { Matters = [SomeMatter.Row(1, version: 9), SomeMatter.Row(2)] }));

        Assert.Equal([SomeMatter.Row(1)], await silo.Get<IMatterStore>().AllAsync().ToListAsync());
        Assert.Equal(1, (await silo.Journal.HeadsAsync([SomeMatter.Stream(1)]))[SomeMatter.Stream(1)]);
    }

    [Theory, EveryDatabase]
    public async Task Filters_let_through_what_they_say(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        await silo.Journal.WriteAsync(new JournalUnit { Matters = Rows });
        var matters = silo.Get<IMatterStore>();

        foreach (var (name, filter, expected) in Filters.Select(row => ((string)row[0], (MatterFilter)row[1], (int[])row[2])))
        {
            Assert.Equal((name, string.Join(',', expected)), (name, string.Join(',', Numbers(await matters.ListAsync(filter, null, 200)))));
            Assert.Equal(
                Rows.Where((_, i) => expected.Contains(i + 1)).CountBy(row => row.Stage).ToDictionary(one => one.Key, one => (long)one.Value),
                await matters.CountByStageAsync(filter));
        }
    }

    [Theory, EveryDatabase]
    public async Task Pages_follow_each_other_without_gap_or_overlap_also_where_times_are_the_same(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        await silo.Journal.WriteAsync(new JournalUnit { Matters = [.. Enumerable.Range(1, 25).Select(number => SomeMatter.Row(number) with { OpenedAt = Some.Instant + (number / 10) })] });
        var (matters, seen, sizes, after) = (silo.Get<IMatterStore>(), new List<int>(), new List<int>(), default(MatterCursor?));
        do
        {
            var page = await matters.ListAsync(MatterFilter.Everything, after, 10);
            seen.AddRange(Numbers(page));
            sizes.Add(page.Matters.Count);
            after = page.Next is { } next && MatterCursor.TryParse(next.ToString(), out var cursor) ? cursor : null;
        }
        while (after is not null);

        Assert.Equal([10, 10, 5], sizes);
        Assert.Equal(Enumerable.Range(1, 25).Reverse(), seen);
        foreach (var limit in new[] { 0, 201 })
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => matters.ListAsync(MatterFilter.Everything, null, limit));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("x.mAAAAAAAAAAAAAAAAAAAAAQ")]
    [InlineData("1.nothing")]
    [InlineData("1.mAAAAAAAAAAAAAAAAAAAAAQ.2")]
    [InlineData(null)]
    public void What_is_no_cursor_is_none(string? text) => Assert.False(MatterCursor.TryParse(text, out _));

    [Theory, EveryDatabase]
    public async Task Clearing_what_is_derived_empties_matters_and_leaves_their_streams(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        await silo.Journal.WriteAsync(StreamTail.Of(SomeMatter.Stream(1)).Unit(SomeMatter.Stream(1)) with { Matters = [SomeMatter.Row(1)] });

        await silo.Derived.ClearAsync();

        Assert.Empty(await silo.Get<IMatterStore>().AllAsync().ToListAsync());
        await using var connection = await place.ConnectAsync();
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("select count(*) from service_matters"));
        Assert.Equal(1, (await silo.Journal.HeadsAsync([SomeMatter.Stream(1)]))[SomeMatter.Stream(1)]);
    }

    private static IEnumerable<int> Numbers(MatterPage page) => page.Matters.Select(row => int.Parse(row.Number.AsSpan(9, 7), System.Globalization.CultureInfo.InvariantCulture));
}
