using System.CommandLine;
using System.Text.Json;
using Feedback.Api;
using Feedback.Grains.Tallies;
using Feedback.Grains.Verification;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary><c>verify</c>: recounts everything from the journal and compares; ends non-zero on any difference.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var (data, postgres, json) = (Sites.Data(), Sites.Postgres(), Sites.Json());
        var command = new Command("verify", "Recounts everything from the journal, compares, and says every difference; a running server is verified up to what its days hold.")
        {
            data, postgres, json,
        };
        command.SetAction((parsed, cancellation) => Sites.RunAsync(async () =>
        {
            var site = Sites.OpenExisting(parsed, data, postgres);
            using var held = site.Data.TryLock();
            var report = await VerifyAsync(site, alone: held is not null, parsed.GetValue(json), cancellation);
            Print(report, parsed.GetValue(json));
            return report.IsClean ? 0 : 2;
        }));
        return command;
    }

    /// <param name="site">The site.</param>
    /// <param name="alone">True when no server runs here: then a silo is started, and the tallies at all levels are asked, too.</param>
    /// <param name="silent">True for no progress bar.</param>
    /// <param name="cancellation">Stops the work.</param>
    private static async Task<VerificationReport> VerifyAsync(Site site, bool alone, bool silent, CancellationToken cancellation)
    {
        using var host = alone ? await VerbHost.StartSiloAsync(site, cancellation) : VerbHost.BuildStorage(site);
        var grains = alone ? host.Services.GetRequiredService<IGrainFactory>() : null;
        AskTally? ask = grains is null ? null
            : key => grains.GetGrain<ITallyGrain>(key.ToString()).GetDays(key.Month, key.End, children: false);
        var verification = ActivatorUtilities.CreateInstance<JournalVerification>(host.Services);
        var report = await ProgressBar.RunAsync("Recounting", silent, progress => verification.RunAsync(ask, progress, cancellation));
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
        Console.WriteLine($"{report.Events:N0} events in {report.Streams:N0} streams, {report.Days:N0} days of windows, "
            + $"{report.Tallies:N0} days above them, {report.References:N0} references to personal text: "
            + (report.IsClean ? "all as the journal says." : $"{report.Findings.Count:N0} differences."));
    }
}
