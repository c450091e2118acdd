using Feedback.Benchmarks.Disk;
using Feedback.Benchmarks.Load;
using Feedback.Benchmarks.Servers;

namespace Feedback.Benchmarks.Measures;

/// <summary>
/// One evaluation per request, stored before it is answered, against an endpoint of the same server that only parses
/// the same body, and against a plain service on the same PostgreSQL server. All take turns within one run.
/// </summary>
internal static class PushCost
{
    public const string Description = "One evaluation per request: against parsing alone, and against a plain service.";
    public const int Connections = 512;
    private const int Rounds = 3;

    public static async Task MeasureAsync(Settings settings)
    {
        var table = new MarkdownTable("database", "commit of the disk", "parse only", "durable push", "p50 / p99", "ratio (goal)", "plain service", "durable ÷ plain (goal)", "processor time per request: parse, push, plain");
        var length = 0;
        foreach (var postgres in settings.Databases)
        {
            await using var store = await Store.OpenAsync(postgres);
            await using var server = await store.StartServerAsync();
            await using var plain = postgres ? await store.StartPlainAsync() : null;
            var requests = new Requests(server.Access, settings.Clock);
            var parse = await Contestant.OpenAsync(server, requests.Single("/bench/parse"), Connections);
            var push = await Contestant.OpenAsync(server, requests.Single("/api/v1/evaluations"), Connections);
            var other = plain is null ? null : await Contestant.OpenAsync(plain, requests.Single("/evaluations"), Connections);
            Contestant[] all = other is null ? [parse, push] : [parse, push, other];
            length = requests.MeanBody;

            foreach (var contestant in all)
                await contestant.WarmUpAsync(settings.Phase * 2);
            var commit = CommitTime.Measure(store.Folder);
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var contestant in all)
                    await contestant.RunAsync(settings.Phase);
            }

            table.Add(
                store.Name, commit, parse.Rate, push.Rate, push.Times, $"**{push.RatioTo(parse)}** (≥ {(postgres ? "0.45" : "0.35")})",
                other?.Rate ?? "–", other is null ? "–" : $"**{push.RatioTo(other)}** (≥ 2.5)",
                string.Join(", ", all.Select(contestant => contestant.Processor)));
        }

        table.Print(
            "One evaluation per request",
            $"Requests per second, medians of {Rounds} turns of {settings.Phase.TotalSeconds:0} s; {Connections} connections over 1,000 windows; bodies of {length} bytes on average. "
                + "The disk's commit: 8 kB and fdatasync, median. "
                + "Processor time is the server process's own.",
            $"The mix: {EvaluationMix.Description}.");
    }
}
