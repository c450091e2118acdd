using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Feedback.Api;
using Feedback.Silo.Copies;
using Feedback.Silo.Hosting;
using Feedback.Storage.Copies.Files;

namespace Feedback.Silo.Commands;

/// <summary><c>restore</c>: fills an empty site from a backup, and recounts it.</summary>
internal static class RestoreCommand
{
    private const int Differs = 2;

    public static Command Create()
    {
        var (data, postgres, checkpoints, json) = (Sites.Data(), Sites.Postgres(), Sites.Checkpoints(), Sites.Json());
        var from = new Option<string>("--from") { Description = "The backup: a directory feedback-backup-TIME that 'feedback backup' made.", HelpName = "DIR", Required = true };
        var erasures = new Option<string[]>("--erasures") { Description = "More ledgers erasures.log, such as those of other silos or of the site before: whoever is in any of them stays erased.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true };
        var command = new Command("restore", "Fills an empty data directory or PostgreSQL database from a backup, all or nothing, and recounts everything; no server may run. The keys must be in place.")
        {
            from, data, postgres, erasures, checkpoints, json,
        };
        command.SetAction((parsed, cancellation) => Sites.RunAsync(async () =>
        {
            var started = RealClock.Instance.GetTimestamp();
            foreach (var ledger in parsed.GetValue(erasures) ?? [])
            {
                if (!File.Exists(ledger))
                    throw new UsageException($"There is no file {Path.GetFullPath(ledger)}.");
            }

            // Before a data directory is made: a slip of the pen must not leave one.
            _ = BackupManifest.Read(Path.GetFullPath(parsed.GetValue(from)!));
            var site = Sites.Open(parsed, data, postgres).With(parsed, checkpoints);
            using var held = site.Data.Lock();
            using var alone = await site.TakeAloneAsync("restore", cancellation);
            var restored = await new SiteRestore(site with { IsAlone = true }, parsed.GetValue(json)).RunAsync(parsed.GetValue(from)!, parsed.GetValue(erasures) ?? [], cancellation);
            Print(restored, Sites.PlaceOf(site), RealClock.Instance.GetElapsedTime(started), parsed.GetValue(json));
            return restored.Report.IsClean ? 0 : Differs;
        }));
        return command;
    }

    private static void Print(Restored restored, string filled, TimeSpan took, bool json)
    {
        var (manifest, report) = (restored.Manifest, restored.Report);
        var age = RealClock.Instance.GetUtcNow() - manifest.Made;
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    manifest.Made,
                    manifest.NewestAt,
                    manifest.Events,
                    Streams = manifest.Streams.Count,
                    restored.ErasuresAdded,
                    Filled = filled,
                    RpoSeconds = Math.Round(age.TotalSeconds, 1),
                    RtoSeconds = Math.Round(took.TotalSeconds, 3),
                    Verified = report,
                },
                ApiJson.Options));
            return;
        }

        foreach (var finding in report.Findings)
            Console.WriteLine($"{finding.Place}: {finding.What}");
        foreach (var note in report.Notes)
            Console.WriteLine(note);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Restored as it was at {manifest.Made:yyyy-MM-dd HH:mm:ss} UTC: {manifest.Events:N0} events in {manifest.Streams.Count:N0} streams, the newest of a window of {Words(manifest.NewestAt)}."));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"RPO: what was acknowledged in the last {age.TotalHours:N1} h is not in it; terminals send it again once they see the new life of the database. RTO: {took.TotalSeconds:N1} s, recount included."));
        Console.WriteLine($"Filled {filled}.");
        Console.WriteLine(report.IsClean
            ? string.Create(CultureInfo.InvariantCulture, $"Recounted {report.Events:N0} events, {report.Days:N0} days of windows and {report.Tallies:N0} days above them: all as the journal says. Start the server.")
            : string.Create(CultureInfo.InvariantCulture, $"{report.Findings.Count:N0} differences: do not start the server on this before they are understood; an older backup may be whole."));
    }

    private static string Words(DateTimeOffset? at) => at is { } time ? time.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) : "never";
}
