using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Feedback.Api;
using Feedback.Grains.Checkpoints;
using Feedback.Grains.Journal;
using Feedback.Grains.Personal;
using Feedback.Grains.Tallies;
using Feedback.Grains.Verification;
using Feedback.Silo.Hosting;
using Feedback.Storage.Checkpoints;
using Feedback.Storage.Schema;

namespace Feedback.Silo.Commands;

/// <summary><c>verify</c>: recounts everything from the journal and compares; ends non-zero on any difference.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var (data, postgres, json, checkpoints) = (Sites.Data(), Sites.Postgres(), Sites.Json(), Sites.Checkpoints());
        var publicKey = new Option<FileInfo?>("--public-key") { Description = "The public key, as 'feedback checkpoint --public-key' printed it, to check checkpoints by; that of the data directory when left out.", HelpName = "FILE" };
        var command = new Command("verify", "Recounts everything from the journal, compares it with itself and with the checkpoints, and says every difference; a running server is verified up to what its days hold.")
        {
            data, postgres, json, checkpoints, publicKey,
        };
        command.SetAction((parsed, cancellation) => Sites.RunAsync(async () =>
        {
            var site = Sites.OpenExisting(parsed, data, postgres).With(parsed, checkpoints);
            if (parsed.GetValue(checkpoints) is { } copies && !Directory.Exists(copies))
                throw new UsageException($"There is no directory {copies}.");
            using var trust = CheckpointHosting.Trust(site, parsed.GetValue(publicKey));
            using var held = site.Data.TryLock();
            // No silo starts on what is unfinished, but why a rebuild could not be finished is for this verb to say.
            var unfinished = await site.FindUnfinishedAsync(cancellation);
            // Where the verb still works it is named, and what it has not filled yet is no difference.
            if (unfinished is not null && held is null)
                site.Data.Lock().Dispose();
            using var still = unfinished is null ? null : await site.TakeAloneAsync("verify", cancellation);
            if (unfinished is not null)
                unfinished = await site.FindUnfinishedAsync(cancellation);
            var report = await VerifyAsync(site, trust, areCopies: parsed.GetValue(publicKey) is not null, alone: held is not null && unfinished is null, parsed.GetValue(json), cancellation);
            if (unfinished is { } work)
                report = report with { Findings = [.. report.Findings, new Finding("the database", UnfinishedWorkException.Words(work))] };
            Print(report, parsed.GetValue(json));
            return report.IsClean ? 0 : 2;
        }));
        return command;
    }

    /// <param name="site">The site.</param>
    /// <param name="trust">The key by which checkpoints are believed.</param>
    /// <param name="areCopies">True when the checkpoints' files are an auditor's copies.</param>
    /// <param name="alone">True when no server runs here: then a silo is started, and the tallies at all levels are asked, too.</param>
    /// <param name="silent">True for no progress bar.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <param name="forgets">Whether those are erased once more first whom a restored database brought back.</param>
    internal static async Task<VerificationReport> VerifyAsync(
        Site site, CheckpointTrust? trust, bool areCopies, bool alone, bool silent, CancellationToken cancellation, bool forgets = false)
    {
        using var host = alone ? await VerbHost.StartSiloAsync(site, cancellation, forgets) : VerbHost.BuildStorage(site);
        var grains = alone ? host.Services.GetRequiredService<IGrainFactory>() : null;
        AskTally? ask = grains is null ? null
            : key => grains.GetGrain<ITallyGrain>(key.ToString()).GetDays(key.Month, key.End, children: false);
        var verification = ActivatorUtilities.CreateInstance<JournalVerification>(host.Services);
        var checkpoints = new CheckpointCheck(host.Services.GetRequiredService<IJournal>(), new CheckpointDirectory(site.Checkpoints), trust, RealClock.Instance)
        {
            AreCopies = areCopies,
        };
        var report = await ProgressBar.RunAsync("Recounting", silent, progress => verification.RunAsync(ask, progress, checkpoints, cancellation));
        if ((await ErasureReplay.FindAsync(host.Services.GetRequiredService<IErasureLedger>(), host.Services.GetRequiredService<IPersonalStore>(), cancellation)).Count is > 0 and var back)
            report = report with { Notes = [.. report.Notes, $"{back:N0} erased subjects are back in the database: the next start erases them once more."] };
        if (alone)
            await host.StopAsync(cancellation);
        return report;
    }

    private static void Print(VerificationReport report, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report, ApiJson.Options));
            return;
        }

        foreach (var finding in report.Findings)
            Console.WriteLine($"{finding.Place}: {finding.What}");
        foreach (var note in report.Notes)
            Console.WriteLine(note);
        Console.WriteLine(report.AttestedUntil is { } until
            ? string.Create(CultureInfo.InvariantCulture, $"{report.Checkpoints:N0} checkpoints attest what was appended until {until:yyyy-MM-dd HH:mm:ss} UTC; tampering with what came later shows only where a chain breaks.")
            : "No checkpoint attests anything yet: whoever recomputed a whole chain would not be found out.");
        Console.WriteLine($"{report.Events:N0} events in {report.Streams:N0} streams, {report.Days:N0} days of windows, "
            + $"{report.Tallies:N0} days above them, {report.Cases:N0} cases, {report.Matters:N0} matters, {report.References:N0} references to personal text: "
            + (report.IsClean ? "all as the journal says." : $"{report.Findings.Count:N0} differences."));
    }
}
