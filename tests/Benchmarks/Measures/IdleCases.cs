using System.Diagnostics;
using System.Globalization;
using Feedback.Benchmarks.Servers;
using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Grains.Due;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Feedback.Silo.Hosting;
using Feedback.Storage;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;

namespace Feedback.Benchmarks.Measures;

/// <summary>What open cases cost a silo on which nothing happens, and how late their warnings are when many are due at one moment.</summary>
internal static class IdleCases
{
    public const string Description = "Open cases on an idle silo: processor time, memory, and how late warnings are.";

    private const int Windows = 90;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static async Task MeasureAsync(Settings settings)
    {
        var table = new MarkdownTable(
            "database", "open cases", "written in", "idle processor (< 5 % of a core)", "resident", "warnings due at one moment", "late p50", "p99", "most (≤ 5 s)", "all stored after");
        foreach (var postgres in settings.Databases)
        {
            await using var server = postgres ? await PrivatePostgres.StartAsync(durable: true) : null;
            using var folder = new TemporaryFolder();
            var site = new Site(DataDirectory.Open(folder["data"]), server is null ? null : await server.CreateDatabaseAsync());
            table.Add([postgres ? "PostgreSQL" : "SQLite", .. await MeasureAsync(site, settings)]);
        }

        table.Print("Open cases", $"The service as `serve` runs it, {GeneratedCases.Description}; idle means {settings.Idle.TotalSeconds:0} seconds in which nobody asks it anything. "
            + "Late is a warning by the time that it bears from the moment when it was due.");
    }

    private static async Task<string[]> MeasureAsync(Site site, Settings settings)
    {
        var began = Stopwatch.GetTimestamp();
        await WithCasesAsync(site, async cases =>
        {
            await cases.SetLimitsAsync();
            await cases.OpenIdleAsync(settings.Cases);
        });
        var written = Stopwatch.GetElapsedTime(began);
        // The first checkpoint tells of every stream; one is made whenever the service stops in good order.
        await using (var first = await ServeAsync(site))
            await first.StopAsync();
        var moment = 0L;
        IReadOnlyList<CaseId> due = [];
        // The cases that are due are written last: only then it is known for which moment.
        await WithCasesAsync(site, async cases =>
        {
            moment = (settings.Clock.GetUtcNow() + TimeSpan.FromSeconds(10 + (settings.Due / 250)) + Settling + settings.Idle + Margin).ToUnixTimeMilliseconds();
            due = await cases.OpenDueAsync(settings.Due, moment);
        });

        await using var service = await ServeAsync(site);
        await Task.Delay(Settling, settings.Clock);
        var share = await IdleShareAsync(service.Id, settings);
        var resident = ProcessFigures.ResidentMegaBytes(service.Id);
        if (settings.Clock.GetUtcNow().ToUnixTimeMilliseconds() >= moment)
            throw new InvalidOperationException("The moment of the warnings came before the idle time had ended: the machine is too busy.");
        using var storage = VerbHost.BuildStorage(site);
        var stored = await StoredAfterAsync(storage.Services.GetRequiredService<IDueQueue>(), moment, settings.Clock);
        var late = await LatenessAsync(storage.Services.GetRequiredService<IJournal>(), due, moment);
        return
        [
            MarkdownTable.Count(settings.Cases), Seconds(written), $"**{(share * 100).ToString("0.0", CultureInfo.InvariantCulture)} %**", MarkdownTable.Count(resident) + " MB",
            MarkdownTable.Count(late.Length), Seconds(late[late.Length / 2]), Seconds(late[late.Length * 99 / 100]), $"**{Seconds(late[^1])}**", Seconds(stored),
        ];
    }

    private static Task<FeedbackProcess> ServeAsync(Site site) =>
        FeedbackProcess.StartAsync("serve", site.Postgres is null ? ["--data", site.Data.Path] : ["--data", site.Data.Path, "--postgres", site.Postgres]);

    private static async Task WithCasesAsync(Site site, Func<GeneratedCases, Task> write)
    {
        using var host = await VerbHost.StartSiloAsync(site, CancellationToken.None);
        var known = await host.Services.GetRequiredService<IBureau>().RefreshAsync();
        if (known.Tree.Count == 0)
            await ActivatorUtilities.CreateInstance<BenchDistrict>(host.Services).CreateAsync(Windows, levels: 3, "");
        await write(ActivatorUtilities.CreateInstance<GeneratedCases>(host.Services));
        await host.StopAsync();
    }

    private static async Task<double> IdleShareAsync(int process, Settings settings)
    {
        var (began, before) = (Stopwatch.GetTimestamp(), ProcessorTimeOf(process));
        await Task.Delay(settings.Idle, settings.Clock);
        return (ProcessorTimeOf(process) - before) / Stopwatch.GetElapsedTime(began);
    }

    private static TimeSpan ProcessorTimeOf(int process)
    {
        using var running = Process.GetProcessById(process);
        return running.TotalProcessorTime;
    }

    // A row that waits for the moment is taken away in the transaction of its warning.
    private static async Task<TimeSpan> StoredAfterAsync(IDueQueue queue, long moment, TimeProvider clock)
    {
        while (true)
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            if (now > moment + Patience.TotalMilliseconds)
                throw new TimeoutException("The warnings were not all stored within two minutes.");
            if (now > moment && (await queue.ShardsAsync(moment)).Count == 0)
                return TimeSpan.FromMilliseconds(now - moment);
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock);
        }
    }

    private static async Task<TimeSpan[]> LatenessAsync(IJournal journal, IReadOnlyList<CaseId> cases, long moment)
    {
        var late = new List<TimeSpan>();
        foreach (var id in cases)
        {
            var events = (await journal.ReadAsync(StreamName.Case(id), 0, 100)).SelectMany(EventText.Read).Select(one => one.Happened);
            late.AddRange(events.OfType<CaseWarned>().Select(warned => TimeSpan.FromMilliseconds(warned.Stamp.At - moment)));
        }

        return late.Count == cases.Count ? [.. late.Order()] : throw new InvalidOperationException($"{late.Count} warnings of {cases.Count} cases.");
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";
}
