using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Feedback.Api;
using Feedback.Silo.Copies;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary><c>migrate</c>: moves a site from files into PostgreSQL.</summary>
internal static class MigrateCommand
{
    private const int Differs = 2;

    public static Command Create()
    {
        var (json, checkpoints) = (Sites.Json(), Sites.Checkpoints());
        var from = new Option<string>("--from") { Description = "The data directory of the site; its server is stopped. The keys, erasures.log and checkpoints stay there.", HelpName = "DIR", Required = true };
        var to = new Option<string?>("--to") { Description = "An empty PostgreSQL database: the connection string, or $FEEDBACK_POSTGRES or $FEEDBACK_CLUSTER so that no password shows in the process list.", HelpName = "CONNECTION" };
        var command = new Command("migrate", "Moves a site from files into an empty PostgreSQL database, all or nothing, and recounts both; it stays the same life of the database, with its keys, accounts and checkpoints.")
        {
            from, to, checkpoints, json,
        };
        command.SetAction((parsed, cancellation) => Sites.RunAsync(async () =>
        {
            var started = RealClock.Instance.GetTimestamp();
            var after = Sites.OpenExisting(parsed, from, to).With(parsed, checkpoints);
            if (after.Postgres is null && Environment.GetEnvironmentVariable("FEEDBACK_CLUSTER") is { Length: > 0 } cluster)
                after = after with { Postgres = cluster };
            if (after.Postgres is null)
                throw new UsageException("Say where to: --to \"Host=…;Username=feedback;Database=feedback\", or $FEEDBACK_POSTGRES.");
            if (!File.Exists(after.Data.Journal))
                throw new UsageException($"{after.Data.Path} holds no site in files.");
            using var held = after.Data.Lock();
            using var alone = await after.TakeAloneAsync("migrate", cancellation);
            after = after with { IsAlone = true };
            var moved = await new SiteMove(after with { Postgres = null }, after, parsed.GetValue(json)).RunAsync(cancellation);
            Print(moved, RealClock.Instance.GetElapsedTime(started), parsed.GetValue(json));
            return moved.Report.IsClean ? 0 : Differs;
        }));
        return command;
    }

    private static void Print(Moved moved, TimeSpan took, bool json)
    {
        var report = moved.Report;
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new { moved.Copied.Events, Streams = moved.Copied.Heads.Count, Seconds = Math.Round(took.TotalSeconds, 3), moved.PutAside, Verified = report }, ApiJson.Options));
            return;
        }

        foreach (var finding in report.Findings)
            Console.WriteLine($"{finding.Place}: {finding.What}");
        Console.WriteLine(report.IsClean
            ? string.Create(CultureInfo.InvariantCulture, $"Moved {moved.Copied.Events:N0} events in {moved.Copied.Heads.Count:N0} streams in {took.TotalSeconds:N1} s; both count alike. The old files are in {moved.PutAside}. From now on start with PostgreSQL and this data directory, which holds the keys.")
            : string.Create(CultureInfo.InvariantCulture, $"{report.Findings.Count:N0} differences: nothing was moved, the site in files is as it was."));
    }
}
