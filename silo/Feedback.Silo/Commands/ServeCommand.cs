using System.CommandLine;
using Feedback.Domain.Personal;
using Feedback.Silo.Hosting;
using Feedback.Web;

namespace Feedback.Silo.Commands;

/// <summary><c>serve</c>: runs a site until it is stopped.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var (data, postgres, urls) = (Sites.Data(), Sites.Postgres(), Sites.Urls());
        var command = new Command("serve", "Runs the service.") { data, postgres, urls };
        var retention = Sites.Retention();
        command.Add(retention);
        var exposure = new ExposureOptions();
        exposure.AddTo(command);
        command.SetAction((parsed, cancellation) => Sites.RunAsync(async () =>
        {
            var site = Sites.Open(parsed, data, postgres) with { Retention = RetentionPolicy.Parse(parsed.GetValue(retention)!) };
            using var held = site.Data.Lock();
            await using var app = await WebSetup.BuildAsync(site, parsed.GetValue(urls)!, exposure.Read(parsed));
            app.MapStart();
            var firstRun = await FirstRun.IsAheadAsync(app);
            await app.ListenAsync(parsed.GetValue(urls)!, cancellation);
            Console.WriteLine($"Feedback listens on {string.Join(", ", app.Urls)}; stop it with Ctrl+C.");
            if (firstRun)
                FirstRun.Tell(app, parsed.GetValue(urls)!);
            await app.WaitForShutdownAsync(cancellation);
            return 0;
        }));
        return command;
    }
}
