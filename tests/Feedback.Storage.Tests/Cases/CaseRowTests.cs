using Dapper;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;
using Feedback.Storage.Tests.Support;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Storage.Tests.Cases;

/// <summary>Rows of cases and what is counted of them stand or fall with the append that they came with.</summary>
public sealed class CaseRowTests
{
    [Theory, EveryDatabase]
    public async Task A_case_is_read_back_as_it_was_stored(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var cases = silo.Get<ICaseStore>();
        var (full, plain) = (SomeCase.Full(1), SomeCase.Row(2));

        await silo.Journal.WriteAsync(new JournalUnit { Cases = [full, plain] });

        Assert.Equal(full, await cases.FindAsync(full.Id));
        Assert.Equal(plain, await cases.FindAsync(plain.Id));
        Assert.Equal(full, await cases.FindAsync("TS-0001"));
        Assert.Equal(full, await cases.FindAsync("12345", "GD-2026-1"));
        Assert.Equal([full], await cases.OfRatingAsync(new NodeId("n9"), 42));
        Assert.Null(await cases.FindAsync(SomeCase.Id(3)));
        Assert.Null(await cases.FindAsync("TS-0003"));
        Assert.Null(await cases.FindAsync("12345", "TS-0001"));
        Assert.Empty(await cases.OfRatingAsync(new NodeId("n9"), 41));
    }

    [Theory, EveryDatabase]
    public async Task A_case_is_replaced_only_by_a_newer_version_of_it(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        foreach (var (version, stands) in new[] { (5, 5L), (4, 5), (5, 5), (6, 6) })
        {
            await silo.Journal.WriteAsync(new JournalUnit { Cases = [SomeCase.Row(1, version) with { Owner = $"u-{version}" }] });

            var held = await silo.Get<ICaseStore>().FindAsync(SomeCase.Id(1));
            Assert.Equal((stands, $"u-{stands}"), (held!.Version, held.Owner));
        }
    }

    [Theory, EveryDatabase]
    public async Task The_units_that_help_are_those_of_the_newest_row(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        await silo.Journal.WriteAsync(new JournalUnit { Cases = [SomeCase.Row(2) with { Assisting = NodeSet.Read("n4") }] });

        foreach (var (version, helping, stands) in new[] { (2, "n4 n5", "n4 n5"), (3, "n5 n6", "n5 n6"), (2, "n7", "n5 n6"), (3, "n6", "n6"), (4, "", ""), (5, "n4", "n4") })
        {
            await silo.Journal.WriteAsync(new JournalUnit { Cases = [SomeCase.Row(1, version) with { Assisting = NodeSet.Read(helping) }] });

            Assert.Equal((version, stands), (version, (await silo.Get<ICaseStore>().FindAsync(SomeCase.Id(1)))!.Assisting.ToString()));
        }

        Assert.Equal("n4", (await silo.Get<ICaseStore>().FindAsync(SomeCase.Id(2)))!.Assisting.ToString());
        await silo.Derived.ClearAsync();
        await using var connection = await place.ConnectAsync();
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("select count(*) from case_assisting"));
    }

    [Theory, EveryDatabase]
    public async Task A_unit_that_lost_its_version_writes_no_case_no_count_and_no_work_and_takes_none_away(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var waiting = new DueRow(1, Some.Instant, "waits", "{}");
        await silo.Journal.WriteAsync(SomeCase.Opened(1, SomeCase.Flow("opened", 1)) with { Due = [waiting] });
        var stale = SomeCase.Opened(1, SomeCase.Flow("opened", 7)) with
        {
            Cases = [SomeCase.Row(1, version: 9), SomeCase.Row(2)],
            Due = [new DueRow(1, Some.Instant, "new", "{}")],
            DueDone = ["waits"],
            DueTried = [new DueTried(waiting, 0, null)],
        };

        await Assert.ThrowsAsync<VersionConflictException>(() => silo.Journal.WriteAsync(stale));

        Assert.Equal(1, (await silo.Get<ICaseStore>().FindAsync(SomeCase.Id(1)))!.Version);
        Assert.Null(await silo.Get<ICaseStore>().FindAsync(SomeCase.Id(2)));
        Assert.Equal("""{"opened":1}""", Assert.Single(await CountsAsync(silo)).Counts.Write());
        await using var connection = await place.ConnectAsync();
        Assert.Equal(["waits"], await connection.QueryAsync<string>("select key from due"));
    }

    [Theory, EveryDatabase]
    public async Task A_number_that_another_case_has_fails_its_unit_whole_and_no_other(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        await silo.Journal.WriteAsync(SomeCase.Opened(1) with { Cases = [SomeCase.Full(1)] });
        var number = SomeCase.Opened(2, SomeCase.Flow("opened", 1)) with { Cases = [SomeCase.Row(2) with { Number = "TS-0001" }] };
        var external = SomeCase.Opened(3, SomeCase.Flow("opened", 1)) with { Cases = [SomeCase.Row(3) with { External = ("12345", "GD-2026-1") }] };
        var sound = SomeCase.Opened(4, SomeCase.Flow("opened", 1)) with { Cases = [SomeCase.Row(4) with { External = ("12345", "GD-2026-2") }] };

        var (first, second, third) = (silo.Journal.WriteAsync(number), silo.Journal.WriteAsync(external), silo.Journal.WriteAsync(sound));

        Assert.False((await Assert.ThrowsAsync<CaseTakenException>(() => first)).IsExternal);
        Assert.True((await Assert.ThrowsAsync<CaseTakenException>(() => second)).IsExternal);
        await third;
        Assert.Equal(0, (await silo.Journal.HeadsAsync([SomeCase.Stream(2)]))[SomeCase.Stream(2)]);
        Assert.Equal(0, (await silo.Journal.HeadsAsync([SomeCase.Stream(3)]))[SomeCase.Stream(3)]);
        Assert.Equal("""{"opened":1}""", Assert.Single(await CountsAsync(silo)).Counts.Write());
    }

    [Theory, EveryDatabase]
    public async Task Counts_are_added_and_taken_away_and_what_is_nothing_is_not_there(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        await silo.Journal.WriteAsync(new JournalUnit { CaseFlows = [SomeCase.Flow("b/二", 2), SomeCase.Flow("a/\"x\"", 3), SomeCase.Flow("B", 1), SomeCase.Flow("b/二", -1), SomeCase.Flow("opened", 1, "n8")] });
        await silo.Journal.WriteAsync(new JournalUnit { CaseFlows = [SomeCase.Flow("a/\"x\"", -3), SomeCase.Flow("gone", -4), SomeCase.Flow("opened", 5, day: 3)] });
        await silo.Journal.WriteAsync(new JournalUnit { CaseFlows = [SomeCase.Flow("opened", -1, "n8")] });

        Assert.Equal(
            [("n7", 2, """{"B":1,"b/二":1,"gone":-4}"""), ("n7", 3, """{"opened":5}""")],
            (await CountsAsync(silo)).Select(flow => (flow.Node.Value, flow.Day.Day, flow.Counts.Write())));
        await using var connection = await place.ConnectAsync();
        Assert.Equal(["""{"B":1,"b/二":1,"gone":-4}""", """{"opened":5}""", "{}"], await connection.QueryAsync<string>("select counts from case_days order by node, day"));
        Assert.Equal(2, (await silo.Get<ICaseStore>().AllCountsAsync().ToListAsync()).Count);
    }

    [Theory, EveryDatabase]
    public async Task Counts_of_many_callers_at_once_are_all_there(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();

        await Task.WhenAll(Enumerable.Range(1, 200).Select(number =>
            silo.Journal.WriteAsync(SomeCase.Opened(number, SomeCase.Flow("opened", 1, number % 2 == 0 ? "n7" : "n8"), SomeCase.Flow($"kind/{number % 3}", 2)))));

        Assert.Equal(
            ["""{"kind/0":132,"kind/1":134,"kind/2":134,"opened":100}""", """{"opened":100}"""],
            (await CountsAsync(silo)).Select(flow => flow.Counts.Write()));
        Assert.Equal(200, (await silo.Get<ICaseStore>().AllAsync().ToListAsync()).Count);
    }

    [Fact]
    public async Task Counts_of_two_silos_on_one_database_are_all_there()
    {
        await using var place = await Place.NewAsync(Database.Postgres);
        await using var one = await place.OpenAsync();
        await using var other = await place.OpenAsync();

        // Each names the same days the other way round, so that they would wait for each other in a circle.
        await Task.WhenAll(Enumerable.Range(1, 300).Select(number => (number % 2 == 0 ? one : other).Journal.WriteAsync(number % 2 == 0
            ? SomeCase.Opened(number, SomeCase.Flow("opened", 1, "n7"), SomeCase.Flow("opened", 1, "n8"), SomeCase.Flow("opened", 1, "n9"))
            : SomeCase.Opened(number, SomeCase.Flow("opened", 1, "n9"), SomeCase.Flow("opened", 1, "n8"), SomeCase.Flow("opened", 1, "n7")))));

        Assert.All(await CountsAsync(one), flow => Assert.Equal(300, flow.Counts["opened"]));
    }

    [Fact]
    public async Task A_count_waits_for_another_transaction_that_counts_the_same_day_and_adds_to_what_that_leaves()
    {
        await using var place = await Place.NewAsync(Database.Postgres);
        await using var silo = await place.OpenAsync();
        await silo.Journal.WriteAsync(new JournalUnit { CaseFlows = [SomeCase.Flow("opened", 1)] });
        await using var connection = await place.ConnectAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("""update case_days set counts = '{"opened":41}' where node = 'n7'""", transaction: transaction);

        var waiting = silo.Journal.WriteAsync(new JournalUnit { CaseFlows = [SomeCase.Flow("opened", 1)] });
        await using (var other = await place.ConnectAsync())
            await Wait.UntilAsync("the count waits", async () => await other.ExecuteScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") > 0);
        Assert.False(waiting.IsCompleted);
        await transaction.CommitAsync();
        await waiting;

        Assert.Equal(42, Assert.Single(await CountsAsync(silo)).Counts["opened"]);
    }

    [Theory, EveryDatabase]
    public async Task Clearing_what_is_derived_empties_cases_and_counts_and_leaves_work_that_is_due(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        await silo.Journal.WriteAsync(SomeCase.Opened(1, SomeCase.Flow("opened", 1)) with { Due = [new DueRow(1, 2, "k", "{}")] });

        await silo.Derived.ClearAsync();

        Assert.Empty(await silo.Get<ICaseStore>().AllAsync().ToListAsync());
        Assert.Empty(await silo.Get<ICaseStore>().AllCountsAsync().ToListAsync());
        await using var connection = await place.ConnectAsync();
        Assert.Equal(1, await connection.ExecuteScalarAsync<long>("select count(*) from due"));
        Assert.Equal(1, (await silo.Journal.HeadsAsync([SomeCase.Stream(1)]))[SomeCase.Stream(1)]);
    }

    private static Task<IReadOnlyList<CaseFlow>> CountsAsync(OpenStorage silo) => silo.Get<ICaseStore>().CaseCountsAsync(
        [new NodeId("n7"), new NodeId("n8"), new NodeId("n9")], new DateOnly(2026, 3, 1), new DateOnly(2026, 4, 1));
}
