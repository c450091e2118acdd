using System.CommandLine;
using System.Diagnostics;
using Feedback.Benchmarks.Servers;
using Feedback.Silo.Commands;
using Feedback.Silo.Hosting;
using Feedback.Storage;
using Feedback.TestSupport;

namespace Feedback.Benchmarks.Measures;

/// <summary>How long it takes to copy a site away and back, by the verbs themselves, and to make everything derived anew.</summary>
internal static class BackupTime
{
    public const string Description = "Backup, restore with its recount, and rebuild of a generated journal.";
    private const int Windows = 1000;

    public static async Task MeasureAsync(Settings settings)
    {
        var table = new MarkdownTable("database", "events", "database's bytes", "backup", "backup's bytes", "restore with recount (≤ 15 min)", "rebuild (≤ 120 s)");
        foreach (var postgres in settings.Databases)
        {
            await using var server = postgres ? await PrivatePostgres.StartAsync(durable: true) : null;
            using var folder = new TemporaryFolder();
            var site = new Site(DataDirectory.Open(folder["data"]), server is null ? null : await server.CreateDatabaseAsync());
            await GenerateAsync(site, settings);
            var size = server is null ? BytesIn(folder["data"]) : BytesIn(server.DataFolder);
            var backup = await RunAsync(BackupCommand.Create(), ["--to", folder["backups"], .. Options(site)]);
            var made = Directory.GetDirectories(folder["backups"]).Single();
            var rebuild = await RunAsync(RebuildCommand.Create(), Options(site));
            var empty = new Site(DataDirectory.Open(folder["restored"]), server is null ? null : await server.CreateDatabaseAsync());
            foreach (var key in Directory.GetFiles(folder["data"], "*.key"))
                File.Copy(key, Path.Combine(folder["restored"], Path.GetFileName(key)));
            var restore = await RunAsync(RestoreCommand.Create(), ["--from", made, .. Options(empty)]);
            table.Add(postgres ? "PostgreSQL" : "SQLite", MarkdownTable.Count(settings.Events), Megabytes(size), Seconds(backup), Megabytes(BytesIn(made)), $"**{Seconds(restore)}**", $"**{Seconds(rebuild)}**");
        }

        table.Print("Backup and restore", $"{GeneratedJournal.Description}.");
    }

    private static async Task GenerateAsync(Site site, Settings settings)
    {
        using var host = await VerbHost.StartSiloAsync(site, CancellationToken.None);
        await ActivatorUtilities.CreateInstance<BenchDistrict>(host.Services).CreateAsync(Windows, levels: 3, "");
        await ActivatorUtilities.CreateInstance<GeneratedJournal>(host.Services).WriteAsync(settings.Events);
        await host.StopAsync();
    }

    private static string[] Options(Site site) =>
        site.Postgres is null ? ["--data", site.Data.Path] : ["--data", site.Data.Path, "--postgres", site.Postgres];

    private static async Task<TimeSpan> RunAsync(Command verb, string[] arguments)
    {
        var started = Stopwatch.GetTimestamp();
        var code = await verb.Parse(arguments).InvokeAsync();
        return code == 0 ? Stopwatch.GetElapsedTime(started) : throw new InvalidOperationException($"{verb.Name} ended with {code}.");
    }

    private static long BytesIn(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);

    private static string Megabytes(long bytes) => MarkdownTable.Count(bytes / 1e6) + " MB";

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture) + " s";
}
