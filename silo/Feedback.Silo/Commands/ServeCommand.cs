using System.CommandLine;
using Feedback.Api.Released;
using Feedback.Domain.Personal;
using Feedback.Silo.Hosting;
using Feedback.Web;

namespace Feedback.Silo.Commands;

/// <summary><c>serve</c>: runs a site until it is stopped.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var (data, postgres, urls, checkpoints) = (Sites.Data(), Sites.Postgres(), Sites.Urls(), Sites.Checkpoints());
        var command = new Command("serve", "Runs the service.") { data, postgres, urls, checkpoints };
        var (exposure, published) = (new ExposureOptions(), Sites.PublicFigures());
        var retention = Sites.Retention();
        command.Add(published);
        command.Add(retention);
        var notices = NoticeOption.Create();
        command.Add(notices);
        var platform = PlatformOption.Create();
        command.Add(platform);
        exposure.AddTo(command);
        var signIn = new SignInChoices();
        signIn.AddTo(command);
        var cluster = new ClusterChoices();
        cluster.AddTo(command);
        command.SetAction((parsed, cancellation) => Sites.RunAsync(async () =>
        {
            var site = cluster.Read(parsed, Sites.Open(parsed, data, postgres)).With(parsed, checkpoints).WithNotices(parsed, notices).WithPlatform(parsed, platform) with { Retention = RetentionPolicy.Parse(parsed.GetValue(retention)!), Backups = Sites.Backups() };
            using var held = site.Data.Lock();
            await using var app = await WebSetup.BuildAsync(site, parsed.GetValue(urls)!, exposure.Read(parsed), signIn.Read(parsed, required: true));
            app.MapStart();
            if (parsed.GetResult(published) is not null && parsed.GetValue(published) != false)
                app.MapPublicFigures();
            var firstRun = await FirstRun.IsAheadAsync(app, site);
            await app.ListenAsync(parsed.GetValue(urls)!, cancellation);
            Console.WriteLine($"Feedback listens on {string.Join(", ", app.Urls)}; stop it with Ctrl+C.");
            if (firstRun)
                FirstRun.Tell(app, parsed.GetValue(urls)!, site.Cluster);
            await app.WaitForShutdownAsync(cancellation);
            return 0;
        }));
        return command;
    }
}
