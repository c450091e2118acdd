using System.Net;
using Feedback.Storage.Membership;
using Feedback.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Xunit;

namespace Feedback.Api.Tests.Cluster;

/// <summary>Our SQL under Orleans' own table of members.</summary>
public sealed class MembershipTests
{
    [Fact]
    public async Task A_member_that_was_entered_is_read_back_alone_and_with_all_others()
    {
        var table = await TableAsync();
        var (first, second) = (Member(1), Member(2));
        Assert.True(await InsertAsync(table, first));
        Assert.True(await InsertAsync(table, second));

        var (all, one, none) = (await table.ReadAllAsync(), await table.ReadRowAsync(second.SiloAddress), await table.ReadRowAsync(Member(3).SiloAddress));

        Assert.Equal([first.SiloAddress, second.SiloAddress], all.Members.Select(member => member.Item1.SiloAddress).Order());
        var read = Assert.Single(one.Members).Item1;
        Assert.Equal((second.SiloName, second.HostName, second.Status, second.StartTime, second.IAmAliveTime), (read.SiloName, read.HostName, read.Status, read.StartTime, read.IAmAliveTime));
        Assert.Empty(none.Members);
        Assert.Equal((2, 2, 2), (all.Version.Version, one.Version.Version, none.Version.Version));
    }

    [Fact]
    public async Task Whoever_decides_on_an_old_version_changes_nothing_and_is_told_so()
    {
        var table = await TableAsync();
        var old = (await table.ReadAllAsync()).Version;
        Assert.True(await table.InsertRowAsync(Member(1), old.Next()));

        Assert.False(await table.InsertRowAsync(Member(2), old.Next()));
        var now = await table.ReadAllAsync();
        Assert.False(await table.InsertRowAsync(Member(1), now.Version.Next()));
        var (member, tag) = Assert.Single(now.Members);
        member.Status = SiloStatus.Dead;
        member.AddSuspector(Member(9).SiloAddress, Wait.Clock.GetUtcNow().UtcDateTime);
        Assert.False(await table.UpdateRowAsync(member, tag, old.Next()));
        Assert.Equal((SiloStatus.Active, 1), ((await table.ReadAllAsync()).Members[0].Item1.Status, (await table.ReadAllAsync()).Version.Version));

        Assert.True(await table.UpdateRowAsync(member, tag, now.Version.Next()));
        var changed = (await table.ReadAllAsync()).Members[0].Item1;
        Assert.Equal((SiloStatus.Dead, Member(9).SiloAddress), (changed.Status, Assert.Single(changed.SuspectTimes!).Item1));
    }

    [Fact]
    public async Task Of_many_that_join_at_once_each_gets_in_and_none_is_lost()
    {
        const int Silos = 12;
        var table = await TableAsync();

        await Task.WhenAll(Enumerable.Range(1, Silos).Select(async n =>
        {
            while (!await InsertAsync(table, Member(n)))
            {
                // Another one came first.
            }
        }));

        var all = await table.ReadAllAsync();
        Assert.Equal((Silos, Silos), (all.Members.Count, all.Version.Version));
    }

    [Fact]
    public async Task A_sign_of_life_changes_its_time_and_no_version()
    {
        var table = await TableAsync();
        var member = Member(1);
        await InsertAsync(table, member);

        member.IAmAliveTime = member.IAmAliveTime.AddSeconds(5);
        await table.UpdateIAmAliveAsync(member);

        var all = await table.ReadAllAsync();
        Assert.Equal((member.IAmAliveTime, 1), (all.Members[0].Item1.IAmAliveTime, all.Version.Version));
    }

    [Fact]
    public async Task Who_is_long_gone_is_cleared_away_and_whoever_is_active_stays()
    {
        var table = await TableAsync();
        var (active, dead) = (Member(1), Member(2));
        dead.Status = SiloStatus.Dead;
        await InsertAsync(table, active);
        await InsertAsync(table, dead);

        await table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(active.IAmAliveTime).AddDays(1));

        Assert.Equal(active.SiloAddress, Assert.Single((await table.ReadAllAsync()).Members).Item1.SiloAddress);
    }

    [Fact]
    public async Task Silos_that_start_at_the_same_moment_prepare_the_database_once()
    {
        var database = await (await PrivatePostgres.Shared).CreateDatabaseAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => MembershipSchema.ApplyAsync(database)));

        var table = await TableAsync(database);
        Assert.Empty((await table.ReadAllAsync()).Members);
    }

    private static async Task<IMembershipTable> TableAsync(string? database = null)
    {
        database ??= await (await PrivatePostgres.Shared).CreateDatabaseAsync();
        await MembershipSchema.ApplyAsync(database);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = ("feedback", "feedback"))
            .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", database)));
        var table = builder.Build().Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(true);
        return table;
    }

    private static async Task<bool> InsertAsync(IMembershipTable table, MembershipEntry member) =>
        await table.InsertRowAsync(member, (await table.ReadAllAsync()).Version.Next());

    private static MembershipEntry Member(int number)
    {
        // Whole seconds: the table keeps times as the database does.
        var time = new DateTime(2026, 3, 2, 8, 0, number, DateTimeKind.Utc);
        return new MembershipEntry
        {
            SiloAddress = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11110 + number), 1000 + number),
            SiloName = $"silo-{number}",
            HostName = "localhost",
            Status = SiloStatus.Active,
            StartTime = time,
            IAmAliveTime = time,
        };
    }
}
