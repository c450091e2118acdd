using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Feedback.Api;
using Feedback.Grains.Audit;
using Feedback.Silo.Copies;
using Feedback.Silo.Hosting;
using Feedback.Storage.Copies;
using Feedback.Storage.Copies.Files;

namespace Feedback.Silo.Commands;

/// <summary><c>backup</c>: copies the stored truth of a site into a new directory. A server may run.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var (data, postgres, checkpoints, json) = (Sites.Data(), Sites.Postgres(), Sites.Checkpoints(), Sites.Json());
        var to = new Option<string>("--to") { Description = "The directory that holds the backups of this site, best on another disk; each is a new directory feedback-backup-TIME in it.", HelpName = "DIR", Required = true };
        var keep = new Option<int?>("--keep") { Description = "Deletes the oldest whole backups there until so many are left, at least 1; all stay when left out.", HelpName = "N" };
        var command = new Command("backup", "Copies what a site must not lose into a new directory, as it is at one moment; a server may run. The keys are not in it: keep master.key and checkpoint.key in another place.")
        {
            to, keep, data, postgres, checkpoints, json,
        };
        command.SetAction((parsed, cancellation) => Sites.RunAsync(async () =>
        {
            if (parsed.GetValue(keep) < 1)
                throw new UsageException("--keep is 1 or more: the newest backup always stays.");
            var site = Sites.OpenExisting(parsed, data, postgres).With(parsed, checkpoints);
            var parent = Path.GetFullPath(parsed.GetValue(to)!);
            var started = RealClock.Instance.GetTimestamp();
            var backup = await MakeAsync(site, parent, parsed.GetValue(json), cancellation);
            var deleted = parsed.GetValue(keep) is { } number ? BackupNames.DeleteBeyond(parent, number) : [];
            Print(backup, deleted, RealClock.Instance.GetElapsedTime(started), parsed.GetValue(json));
            foreach (var left in BackupNames.UnfinishedIn(parent))
                Console.Error.WriteLine($"feedback: {left} was left by a backup that was interrupted, or is being made; delete it when none runs.");
            return 0;
        }));
        return command;
    }

    private static async Task<BackupTarget> MakeAsync(Site site, string parent, bool silent, CancellationToken cancellation)
    {
        if (site.Postgres is null && !File.Exists(site.Data.Journal))
            throw new UsageException($"{site.Data.Path} holds no site to back up; with PostgreSQL name it by --postgres or $FEEDBACK_POSTGRES.");
        using var use = await site.ShareAsync("backup", cancellation);
        var made = RealClock.Instance.GetUtcNow();
        await using var target = BackupTarget.Create(parent, Product, made);
        // Before the moment that is copied: so the trail that is restored knows of the backup.
        await VerbHost.RecordAsync(site, new AuditEntry(Acts.BackupMade, Acts.Verb) { Target = BackupNames.Of(made) }, cancellation);
        // A site that was never served has no table of accounts yet.
        await (await AccountsHosting.OpenAccountsAsync(site)).DisposeAsync();
        await using var source = await SiteFill.OpenAsync(site, cancellation);
        target.TakeOutside(site.Data.Erasures, site.Checkpoints);
        await ProgressBar.OfCopyAsync("Backing up", silent, progress => SiteCopy.RunAsync(source, target, masters: null, progress, cancellation));
        return target;
    }

    private static string Product => typeof(BackupCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private static void Print(BackupTarget backup, IReadOnlyList<string> deleted, TimeSpan took, bool json)
    {
        var manifest = backup.Manifest!;
        var bytes = manifest.Files.Sum(file => file.Bytes);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new { backup.Path, manifest.Made, manifest.Events, Streams = manifest.Streams.Count, Bytes = bytes, Seconds = Math.Round(took.TotalSeconds, 3), Deleted = deleted }, ApiJson.Options));
            return;
        }

        Console.WriteLine(backup.Path);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{manifest.Events:N0} events in {manifest.Streams.Count:N0} streams, {bytes / 1e6:N1} MB, in {took.TotalSeconds:N1} s. master.key and checkpoint.key are not in it: keep them in another place."));
        foreach (var gone in deleted)
            Console.WriteLine($"Deleted {gone}.");
    }
}
