using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Feedback.Api.Intake;
using Feedback.Api.Tests.Support;
using Feedback.Grains.Due;
using Feedback.Grains.Platform;
using Xunit;

namespace Feedback.Api.Tests.Cluster;

/// <summary>The dashboard and the alerts that are shipped ask for metrics that the service really exports, under the names that Prometheus sees.</summary>
[Collection(OneSite.Name)]
public sealed partial class ExportedNameTests(RunningSite site)
{
    [Theory]
    [InlineData("grafana-dashboard.json", 29)]
    [InlineData("alerts.yaml", 14)]
    public async Task Every_metric_that_is_asked_for_exists(string file, int least)
    {
        var exported = await ExportedAsync();
        var expressions = ExpressionsOf(await File.ReadAllTextAsync(PathOf(file)), file).ToList();

        Assert.True(expressions.Count >= least, $"Only {expressions.Count} expressions were found.");
        Assert.All(expressions, expression => Assert.NotEmpty(NamesIn(expression)));
        Assert.Empty(expressions.SelectMany(NamesIn).Distinct().Except(exported));
    }

    [Fact]
    public async Task The_gauges_of_a_silo_that_is_well_say_so()
    {
        // One that answers has committed.
        Assert.Equal(200, (await site.Client.GetAsync("/healthz/ready", token: null)).Status);
        var values = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener();
        var meters = site.Service<IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.IsObservable && instrument.Meter.Name.StartsWith("Feedback.", StringComparison.Ordinal))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => values[instrument.Name + Told(tags)] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => values[instrument.Name + Told(tags)] = value);
        listener.Start();
        listener.RecordObservableInstruments();

        Assert.Equal((1, 0), (values["feedback.silo.ready"], values["feedback.silo.draining"]));
        Assert.Equal((1, 0), (values["feedback.cluster.silos active"], values["feedback.cluster.silos dead"]));
        Assert.Equal(
            site.Bureau.Current.Policies.Calendar.MissingOn(DateOnly.FromDateTime(site.Clock.GetUtcNow().UtcDateTime)) is null ? 0d : 1d, values["feedback.calendar.missing"]);
        Assert.Equal((0, 8192), (values["feedback.journal.failing"], values["feedback.journal.queue.limit"]));

        static string Told(ReadOnlySpan<KeyValuePair<string, object?>> tags) => tags.Length == 0 ? "" : " " + tags[0].Value;
    }

    private async Task<HashSet<string>> ExportedAsync()
    {
        // These are made with the first push, the first chart and the first message, and what tells of requests with the first request.
        site.Service<IntakeMeter>();
        site.Service<ChartDrawing>();
        site.Service<IEnumerable<IDueHandler>>();
        await site.Client.GetAsync("/healthz/live", token: null);
        // And these with the grain that sends.
        await site.Service<IGrainFactory>().GetGrain<IPlatformGrain>(IPlatformGrain.Key).Report();
        var names = new ConcurrentBag<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            foreach (var name in NamesOf(instrument))
                names.Add(name);
        };
        listener.Start();
        return [.. names];
    }

    // As the Prometheus exporters of the collector name them: dots and dashes become underscores, units and kinds are added.
    private static IEnumerable<string> NamesOf(Instrument instrument)
    {
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", null or "" => "", _ when instrument.Unit[0] == '{' => "", var other => "_" + other };
        var name = NoLetter().Replace(instrument.Name, "_") + unit;
        var kind = instrument.GetType().Name;
        return kind.StartsWith("Histogram", StringComparison.Ordinal) ? [name + "_bucket", name + "_sum", name + "_count"]
            : kind.StartsWith("Counter", StringComparison.Ordinal) || kind.StartsWith("ObservableCounter", StringComparison.Ordinal) ? [name + "_total"]
            : [name];
    }

    private static IEnumerable<string> ExpressionsOf(string text, string file) => file.EndsWith(".json", StringComparison.Ordinal)
        ? JsonNode.Parse(text)!["panels"]!.AsArray().SelectMany(panel => panel!["targets"]?.AsArray() ?? []).Select(target => (string)target!["expr"]!)
        : Expression().Matches(text).Select(match => match.Groups[1].Value);

    // What stands in braces and behind 'by' are labels.
    private static IEnumerable<string> NamesIn(string expression) =>
        Metric().Matches(Labels().Replace(expression, "")).Select(match => match.Value);

    private static string PathOf(string file)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Feedback.sln")))
            folder = Path.GetDirectoryName(folder.TrimEnd('/'))!;
        return Path.Combine(folder, "silo", "deploy", file);
    }

    [GeneratedRegex("[^A-Za-z0-9]")]
    private static partial Regex NoLetter();

    [GeneratedRegex(@"^\s*expr: (.+)$", RegexOptions.Multiline)]
    private static partial Regex Expression();

    [GeneratedRegex(@"\{[^}]*\}|\bby \([^)]*\)")]
    private static partial Regex Labels();

    [GeneratedRegex(@"(?<![$_\w])[a-z]+(_[a-z0-9]+)+\b(?!\s*\()")]
    private static partial Regex Metric();
}
