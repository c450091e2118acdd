using System.CommandLine;
using System.Globalization;
using Feedback.Domain.Checkpoints;
using Feedback.Grains.Checkpoints;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary><c>checkpoint</c>: signs where every stream ends, now; or prints the public key that proves it. A server may run.</summary>
internal static class CheckpointCommand
{
    public static Command Create()
    {
        var (data, postgres, checkpoints) = (Sites.Data(), Sites.Postgres(), Sites.Checkpoints());
        var publicKey = new Option<bool>("--public-key") { Description = "Prints the public key in PEM, for auditors to keep elsewhere, and does nothing else." };
        var command = new Command("checkpoint", "Signs where every stream of the journal ends and keeps that in the journal and outside of it, as a server does every hour; a server may run.")
        {
            data, postgres, checkpoints, publicKey,
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

            Console.WriteLine(await MakeAsync(site, cancellation) is { } made
                ? string.Create(CultureInfo.InvariantCulture, $"Checkpoint {made.Number} attests {made.Streams.Count:N0} streams that changed; it is kept in {site.Checkpoints}, too.")
                : "Nothing has changed since the newest checkpoint.");
            return 0;
        }));
        return command;
    }

    private static async Task<Checkpoint?> MakeAsync(Site site, CancellationToken cancellation)
    {
        using var host = VerbHost.BuildStorage(site, services => services.AddFeedbackCheckpoints(site));
        await host.StartAsync(cancellation);
        var made = await host.Services.GetRequiredService<CheckpointMaker>().MakeAsync(TimeSpan.Zero, cancellation);
        await host.StopAsync(cancellation);
        return made;
    }
}
