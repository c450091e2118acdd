using System.CommandLine;
using Feedback.Grains.Audit;
using Feedback.Grains.Verification;
using Feedback.Silo.Hosting;
using Feedback.Storage.Schema;

namespace Feedback.Silo.Commands;

/// <summary><c>rebuild</c>: makes everything derived anew from the journal.</summary>
internal static class RebuildCommand
{
    public static Command Create()
    {
        var (data, postgres) = (Sites.Data(), Sites.Postgres());
        var command = new Command("rebuild", "Makes days and look-up tables anew from the journal; no server may run on them, and of a cluster no silo.") { data, postgres };
        command.SetAction((parsed, cancellation) => Sites.RunAsync(async () =>
        {
            var site = Sites.OpenExisting(parsed, data, postgres);
            using var held = site.Data.Lock();
            using var alone = await site.TakeAloneAsync("rebuild", cancellation);
            if (await site.FindUnfinishedAsync(cancellation) is UnfinishedWork.Restore)
                throw new UnfinishedWorkException(UnfinishedWork.Restore);
            using var host = VerbHost.BuildStorage(site);
            await host.StartAsync(cancellation);
            await host.Services.GetRequiredService<IAudit>().RecordAsync(new AuditEntry(Acts.DerivedRebuilt, Acts.Verb));
            var rebuild = ActivatorUtilities.CreateInstance<Rebuild>(host.Services);
            var (events, days) = await ProgressBar.RunAsync("Rebuilding", silent: false, progress => rebuild.RunAsync(progress, cancellation, beforeDone: StillAloneAsync));
            await host.StopAsync(cancellation);
            Console.WriteLine($"{events:N0} events folded, {days:N0} days of windows written.");
            return 0;

            async Task StillAloneAsync()
            {
                if (alone is not null && !await alone.LastsAsync(cancellation))
                    throw new UsageException("The connection that kept silos off the database was lost meanwhile: run rebuild once more, with every silo stopped.");
            }
        }));
        return command;
    }
}
