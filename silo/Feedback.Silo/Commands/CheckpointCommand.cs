using System.CommandLine;
using System.Globalization;
using Feedback.Domain.Checkpoints;
using Feedback.Grains.Checkpoints;
using Feedback.Grains.Journal;
using Feedback.Silo.Hosting;
using Feedback.Storage.Schema;

namespace Feedback.Silo.Commands;

/// <summary><c>checkpoint</c>: signs where every stream ends, now; or prints the public key that proves it. A server may run.</summary>
internal static class CheckpointCommand
{
    public static Command Create()
    {
        var (data, postgres, checkpoints) = (Sites.Data(), Sites.Postgres(), Sites.Checkpoints());
        var publicKey = new Option<bool>("--public-key") { Description = "Prints the public key in PEM, for auditors to keep elsewhere, and does nothing else." };
        var afterRestore = new Option<bool>("--after-restore") { Description = "After the database was put back from a backup, before the server starts: begins another life of the database and signs that it was restored, so that verify does not take it for a cut." };
        var command = new Command("checkpoint", "Signs where every stream of the journal ends and keeps that in the journal and outside of it, as a server does every hour; a server may run.")
        {
            data, postgres, checkpoints, publicKey, afterRestore,
        };
        command.SetAction((parsed, cancellation) => Sites.RunAsync(async () =>
        {
            var site = Sites.OpenExisting(parsed, data, postgres).With(parsed, checkpoints);
            if (parsed.GetValue(publicKey))
            {
                using var key = CheckpointHosting.LoadOrCreateKey(site);
                Console.Write(key.PublicText());
                return 0;
            }

            if (parsed.GetValue(afterRestore))
            {
                using var held = site.Data.Lock();
                using var alone = await site.TakeAloneAsync("checkpoint", cancellation);
                if (await site.FindUnfinishedAsync(cancellation) is { } work)
                    throw new UnfinishedWorkException(work);
                var restored = await MakeAfterRestoreAsync(site, cancellation);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Checkpoint {restored.Number} says that the database was restored; its life {restored.Former} has ended, and {restored.Generation} begins."));
                return 0;
            }

            using var use = await site.ShareAsync("checkpoint", cancellation);
            Console.WriteLine(await MakeAsync(site, cancellation) is { } made
                ? string.Create(CultureInfo.InvariantCulture, $"Checkpoint {made.Number} attests {made.Streams.Count:N0} streams that changed; it is kept in {site.Checkpoints}, too.")
                : "Nothing has changed since the newest checkpoint.");
            return 0;
        }));
        return command;
    }

    private static async Task<Checkpoint> MakeAfterRestoreAsync(Site site, CancellationToken cancellation)
    {
        string former;
        using (var before = VerbHost.BuildStorage(site))
            former = await before.Services.GetRequiredService<IJournal>().GenerationAsync(cancellation);
        await (site.Postgres is { } connection ? Generation.RenewPostgresAsync(connection, cancellation) : Generation.RenewSqliteAsync(site.Data.Journal, cancellation));
        return await MakeAsync(site, maker => maker.MakeAfterRestoreAsync(former, cancellation), cancellation);
    }

    private static Task<Checkpoint?> MakeAsync(Site site, CancellationToken cancellation) =>
        MakeAsync(site, maker => maker.MakeAsync(TimeSpan.Zero, cancellation), cancellation);

    private static async Task<T> MakeAsync<T>(Site site, Func<CheckpointMaker, Task<T>> make, CancellationToken cancellation)
    {
        using var host = VerbHost.BuildStorage(site, services => services.AddFeedbackCheckpoints(site));
        await host.StartAsync(cancellation);
        var made = await make(host.Services.GetRequiredService<CheckpointMaker>());
        await host.StopAsync(cancellation);
        return made;
    }
}
