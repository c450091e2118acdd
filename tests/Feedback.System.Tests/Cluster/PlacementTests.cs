using System.Net.Http.Headers;
using Feedback.System.Tests.Support;
using Feedback.TestSupport;
using Feedback.TestSupport.Clusters;
using Feedback.TestSupport.Running;
using Xunit;
using Xunit.Abstractions;

namespace Feedback.System.Tests.Cluster;

/// <summary>One silo for a hall, one for the rest of its district: where windows live while the hall's silo goes and comes back.</summary>
public sealed class PlacementTests(ITestOutputHelper output)
{
    private const string Hall = "qinghe/hall-1";

    // A look at most every 18 s; the first one only sees that silos have changed.
    private static readonly TimeSpan Homecoming = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Windows_live_at_their_sites_silo_work_elsewhere_while_it_is_gone_and_come_home()
    {
        await using var cluster = await SiloCluster.PrepareAsync();
        var local = cluster.Add(null, "--site", Hall);
        var district = cluster.Add(null, "--site", cluster.Data.District);
        local.Start();
        district.Start();
        await cluster.AllServeAsync();
        var windows = await WindowsOfAsync(cluster, Hall);
        var (others, ledger) = (cluster.Data.Windows.Except(windows).ToList(), new Ledger());

        await PushAsync(cluster, ledger, local, cluster.Data.Windows, "first");
        await HoldAsync(cluster, (local, windows.Count), (district, others.Count));

        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var viewer = await ViewAsync(http, cluster.Data, district, Hall);
        await NextAsync(viewer);
        await local.KillAsync();
        var killed = Wait.Clock.GetTimestamp();
        await PushAsync(cluster, ledger, district, windows, "meanwhile");
        output.WriteLine($"All windows took an evaluation {Wait.Clock.GetElapsedTime(killed).TotalSeconds:0.0} s after the kill.");
        // The viewer has not come again: its stream goes on.
        await NextAsync(viewer);
        output.WriteLine($"The viewer saw figures {Wait.Clock.GetElapsedTime(killed).TotalSeconds:0.0} s after the kill.");
        // A window that was on its way home when its silo went is active again with its next evaluation.
        await PushAsync(cluster, ledger, district, cluster.Data.Windows, "all");
        await HoldAsync(cluster, (district, cluster.Data.Windows.Count));

        local.Start();
        await cluster.AllServeAsync();
        var back = Wait.Clock.GetTimestamp();
        await HoldAsync(cluster, (local, windows.Count), (district, others.Count));
        output.WriteLine($"The windows were home {Wait.Clock.GetElapsedTime(back).TotalSeconds:0.0} s after their silo served.");

        await PushAsync(cluster, ledger, local, cluster.Data.Windows, "last");
        ledger.AssertMatches(await cluster.StoredAsync());
        await cluster.AllCountAsync(ledger.Attempted);
        var (code, report) = await cluster.Data.VerifyAsync();
        Assert.True(code == 0 && report["findings"]!.AsArray().Count == 0, report.ToJsonString());
    }

    [Fact]
    public async Task A_silo_whose_site_nobody_knows_says_so_once_and_serves()
    {
        await using var cluster = await SiloCluster.PrepareAsync(await PrivatePostgres.Shared);
        var silo = cluster.Add(null, "--site", "qinghe/hall-99");
        silo.Start();
        await cluster.AllServeAsync();

        await PushAsync(cluster, new Ledger(), silo, cluster.Data.Windows, "first");

        var ended = await silo.TerminateAsync();
        Assert.Equal(0, ended.Code);
        var said = ended.Output + ended.Errors;
        Assert.Equal(2, said.Split("No node of the organisation is named qinghe/hall-99").Length);
        Assert.Contains("--site or $FEEDBACK_SITE names a node by its id or path", said, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> WindowsOfAsync(SiloCluster cluster, string hall)
    {
        using var client = new DemoClient(cluster.Data, cluster.Silos[0].Place.Url);
        var nodes = (await client.GetAsync("/api/v1/nodes"))["nodes"]!.AsArray();
        return [.. nodes.Where(node => ((string)node!["path"]!).StartsWith($"{hall}/", StringComparison.Ordinal)).Select(node => (string)node!["id"]!)];
    }

    private static async Task PushAsync(SiloCluster cluster, Ledger ledger, SiloProcess silo, IEnumerable<string> windows, string id)
    {
        using var client = new DemoClient(cluster.Data, silo.Place.Url);
        foreach (var window in windows)
        {
            var body = Some.Evaluation(window, $"{id}-{window}");
            ledger.Attempt(window, $"{id}-{window}", body);
            await Wait.UntilAsync($"{window} takes an evaluation", async () => ledger.Note(await client.PushAsync(body), 1));
        }
    }

    /// <summary>Waits until silos hold so many windows, as the cluster page tells; the halls have different numbers of them.</summary>
    private static async Task HoldAsync(SiloCluster cluster, params (SiloProcess Silo, int Windows)[] expected)
    {
        var told = "";
        using var people = new DemoPeople(cluster.Data, expected[^1].Silo.Place.Url);
        var browser = await people.SignedInAsync("admin");
        try
        {
            await Wait.UntilAsync("the silos hold their windows", async () =>
            {
                told = await browser.GetStringAsync(new Uri("/api/v1/cluster", UriKind.Relative));
                var silos = global::System.Text.Json.Nodes.JsonNode.Parse(told)!["silos"]!.AsArray().Where(silo => (string?)silo!["status"] == "active").ToList();
                return silos.Count == expected.Length && expected.All(one => silos.Any(silo =>
                    (string?)silo!["name"] == one.Silo.Place.Name && (int?)silo["figures"]?["windows"] == one.Windows));
            }, Homecoming);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{told}\n{cluster.Logs()}", e);
        }
    }

    private static async Task<StreamReader> ViewAsync(HttpClient http, DemoData data, SiloProcess silo, string node)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(silo.Place.Url, $"/api/v1/live?node={node}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", data.ApiToken);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new StreamReader(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync());
    }

    /// <summary>Waits for the next figures.</summary>
    private static async Task NextAsync(StreamReader viewer)
    {
        using var patience = new CancellationTokenSource(Wait.Patience);
        while (await viewer.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
                return;
        }

        throw new EndOfStreamException("The stream ended.");
    }
}
