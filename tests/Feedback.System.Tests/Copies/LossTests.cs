using Feedback.Seeds.Simulation;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Copies;

/// <summary>A database that is lost and restored from a backup: terminals bring back what they were told is stored.</summary>
public sealed class LossTests
{
    [Fact]
    public Task Nothing_acknowledged_is_lost_over_a_restore_on_SQLite() => LoseAndRestoreAsync(null);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_over_a_restore_on_PostgreSQL() => await LoseAndRestoreAsync(await PrivatePostgres.Shared);

    private static async Task LoseAndRestoreAsync(PrivatePostgres? server)
    {
        using var data = await DemoData.CreateAsync(server is null ? null : await server.CreateDatabaseAsync());
        using var backups = new TemporaryFolder();
        var line = new Line();
        using var http = new HttpClient(line) { BaseAddress = new Uri("http://site.example") };
        // A terminal never gives up: it goes on asking while there is no server.
        var pace = new SimulationPace { EventsPerMinute = 30_000, MostAtOnce = 4, Tries = 10_000, FirstPause = TimeSpan.FromMilliseconds(50), LongestPause = TimeSpan.FromMilliseconds(50) };
        var terminals = new SimulatedWindows(http, data.DeviceKey, SimulatedPlace.Of([.. data.Windows]), pace, Wait.Clock);
        using var stop = new CancellationTokenSource();
        var (running, backup) = (Task.FromResult(terminals.Counts), "");
        await using (var running1 = await data.StartAsync("serve"))
        {
            line.To = running1.Url;
            running = terminals.RunAsync(stop.Token, CancellationToken.None);
            await Wait.UntilAsync("some events are acknowledged", () => Task.FromResult(terminals.Counts.Accepted >= 150));
            backup = await Backups.MakeAsync(data, backups.Path);
            var then = terminals.Counts.Accepted;
            await Wait.UntilAsync("more are acknowledged after the backup", () => Task.FromResult(terminals.Counts.Accepted >= then + 150));
            await running1.KillAsync();
            line.To = null;
        }

        var acknowledged = terminals.Counts.Accepted;
        using var restored = await Backups.LoseAsync(data, server);
        var ended = await Backups.RestoreAsync(restored, backup);
        Assert.True(ended.Code == 0, ended.Output + ended.Errors);
        var kept = await StoredEvents.ScalarAsync(restored.Journal, Events);
        Assert.InRange(kept, 1, acknowledged - 100);

        await using (var again = await restored.StartAsync("serve"))
        {
            line.To = again.Url;
            await Wait.UntilAsync("the terminals send again what was lost", () => Task.FromResult(kept + terminals.Counts.StoredAgain >= acknowledged));
            await stop.CancelAsync();
            var counts = await running;
            Assert.Equal((0, 0), (counts.Refused, counts.Unknown));
            await again.StopAsync();
            // Every event is counted once when it was acknowledged first; a repeat of one whose answer was lost counts as such.
            Assert.Equal(counts.Accepted + counts.Repeated, await StoredEvents.ScalarAsync(restored.Journal, Events));
        }

        Assert.Equal(await StoredEvents.ScalarAsync(restored.Journal, Evaluations), (await StoredEvents.KeysAsync(restored.Journal)).Distinct().Count());
        var (code, report) = await restored.VerifyAsync();
        Assert.True(code == 0, report.ToJsonString());
    }

    private const string Events = "select count(*) from journal_events where kind in ('evaluation.accepted', 'matter.finished')";
    private const string Evaluations = "select count(*) from journal_events where kind = 'evaluation.accepted'";

    /// <summary>The terminals' line: to whichever server runs, or dead.</summary>
    private sealed class Line : DelegatingHandler
    {
        public Line() => InnerHandler = new SocketsHttpHandler();

        public Uri? To { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(To ?? throw new HttpRequestException("The line is dead."), request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
