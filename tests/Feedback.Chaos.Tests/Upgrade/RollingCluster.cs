using System.Globalization;
using System.Net;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.Chaos.Tests.Upgrade;

/// <summary>Three silos on one database, each replaced in its place by another release.</summary>
internal sealed class RollingCluster(DemoData data, string connection) : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FeedbackProcess?[] _silos = new FeedbackProcess?[3];
    private readonly int[] _ports = [FreePorts.Next(), FreePorts.Next(), FreePorts.Next()];

    public int Count => _silos.Length;

    /// <summary>Where the silos listen, the one that is being replaced included.</summary>
    public Uri[] Urls => [.. _silos.OfType<FeedbackProcess>().Select(silo => silo.Url)];

    // As the guide says for who wants to go back at will: what the older release does not read is not written, bad ratings open no cases yet.
    private static readonly Dictionary<string, string?> Held = new() { ["FEEDBACK_VOCABULARY"] = "1" };

    /// <summary>Starts a release in a place, after whatever ran there has stopped in good order.</summary>
    public async Task ReplaceAsync(int place, string executable)
    {
        if (_silos[place] is { } before)
        {
            var ended = await before.StopAsync();
            Assert.True(ended.Code == 0, $"{ended.Code}: {ended.Errors}");
        }

        _silos[place] = await FeedbackProcess.StartAsync(executable, Held, "serve", [
            "--data", place == 0 ? data.Path : Directory.CreateDirectory(_folder[place.ToString(CultureInfo.InvariantCulture)]).FullName,
            "--cluster", connection, "--keys", data.Path, "--silo-name", $"silo-{place + 1}", "--advertise", "127.0.0.1",
            "--silo-port", _ports[place].ToString(CultureInfo.InvariantCulture), "--drain", "1"]);
        using var http = new HttpClient { BaseAddress = _silos[place]!.Url };
        await Wait.UntilAsync("the silo is ready", async () => (await http.GetAsync(new Uri("/healthz/ready", UriKind.Relative))).StatusCode == HttpStatusCode.OK);
    }

    /// <summary>Stops all silos, one after the other.</summary>
    public async Task StopAsync()
    {
        foreach (var silo in _silos)
            await silo!.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos.OfType<FeedbackProcess>())
            await silo.DisposeAsync();
        _folder.Dispose();
    }
}
