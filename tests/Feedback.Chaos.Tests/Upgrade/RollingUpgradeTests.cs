using System.Globalization;
using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.Chaos.Tests.Upgrade;

/// <summary>The release before this one and this one side by side, for real: forth under load, and back again.</summary>
public sealed class RollingUpgradeTests
{
    private const int Seed = 104_729;
    private const int Between = 100;

    [OlderReleaseFact]
    public Task Three_silos_are_upgraded_and_taken_back_under_load_and_nothing_is_lost_or_doubled() =>
        ResultTable.RecordAsync(20, "3 silos upgraded from the release before this one, and taken back, under load", async row =>
        {
            var (older, newer) = (await OlderRelease.BuildAsync(), FeedbackProcess.Executable);
            await using var server = await PrivatePostgres.StartAsync(durable: true);
            var connection = await server.CreateDatabaseAsync();
            using var data = await DemoData.CreateAsync(connection, executable: older);
            await using var cluster = new RollingCluster(data, connection);
            for (var place = 0; place < cluster.Count; place++)
                await cluster.ReplaceAsync(place, older);
            var ledger = new Ledger();

            await RollAsync(data, cluster, ledger, newer, Seed);
            row.Measure("acknowledged until all were upgraded", ledger.Acknowledged);
            await AssertAsync(data, cluster, ledger, connection, newer);
            await RollAsync(data, cluster, ledger, older, Seed + 1000);
            row.Measure("attempted", ledger.Attempted);
            row.Measure("acknowledged", ledger.Acknowledged);
            row.Say("requests that failed", string.Create(CultureInfo.InvariantCulture, $"{ledger.Refused + ledger.Unknown} of {ledger.Requests} ({ledger.Refused} refused, {ledger.Unknown} without answer)"));
            await AssertAsync(data, cluster, ledger, connection, older);
            row.Measure("stored", (await StoredEvents.KeysAsync(StoredEvents.OfPostgres(connection))).Count);

            await cluster.StopAsync();
            await AssertCleanAsync(data, older);
            await AssertCleanAsync(data, newer);
        });

    private static async Task RollAsync(DemoData data, RollingCluster cluster, Ledger ledger, string executable, int seed)
    {
        using var load = new SteadyLoad(data, ledger, seed) { Pace = TimeSpan.FromMilliseconds(100) };
        load.Point(cluster.Urls);
        var pushing = load.RunAsync();
        for (var place = 0; place < cluster.Count; place++)
        {
            await MoreAsync();
            await cluster.ReplaceAsync(place, executable);
            load.Point(cluster.Urls);
        }

        await MoreAsync();
        load.Enough();
        await pushing;

        Task MoreAsync()
        {
            var enough = ledger.Acknowledged + Between;
            return Wait.UntilAsync("more is acknowledged", () => pushing.IsFaulted ? throw pushing.Exception! : Task.FromResult(ledger.Acknowledged >= enough));
        }
    }

    private static async Task AssertAsync(DemoData data, RollingCluster cluster, Ledger ledger, string connection, string executable)
    {
        ledger.AssertMatches(await StoredEvents.KeysAsync(StoredEvents.OfPostgres(connection)));
        foreach (var url in cluster.Urls)
        {
            using var client = new DemoClient(data, url);
            await Wait.UntilAsync("every silo counts what is stored", async () => await client.CountAsync() == ledger.Attempted);
        }

        await AssertCleanAsync(data, executable);
    }

    private static async Task AssertCleanAsync(DemoData data, string executable)
    {
        var (code, report) = await data.VerifyAsync(executable);
        Assert.True(code == 0 && report["findings"]!.AsArray().Count == 0, report.ToJsonString());
    }
}
