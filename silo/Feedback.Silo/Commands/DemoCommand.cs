using System.CommandLine;
using Feedback.Api.Released;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;
using Feedback.Seeds.Demo;
using Feedback.Seeds.Simulation;
using Feedback.Silo.Hosting;
using Feedback.Web.District;

namespace Feedback.Silo.Commands;

/// <summary><c>demo</c>: serves a demo district whose windows push evaluations over HTTP, as real ones would.</summary>
internal static class DemoCommand
{
    private const double FiledPerHour = 4;

    public static Command Create()
    {
        var (data, postgres, urls, checkpoints) = (Sites.Data(), Sites.Postgres(), Sites.Urls(), Sites.Checkpoints());
        var quiet = new Option<bool>("--no-simulation") { Description = "Without windows that push by themselves." };
        var (history, seed, rate) = (DemoOptions.History(), DemoOptions.Seed(), DemoOptions.Rate());
        var command = new Command("demo", "Runs the service with a demo district of 3 halls and 24 windows, and a history that was written with the first start.")
        {
            data, postgres, urls, checkpoints, quiet, history, seed, rate,
        };
        var (exposure, published) = (new ExposureOptions(), Sites.PublicFigures());
        var notices = NoticeOption.Create();
        command.Add(published);
        command.Add(notices);
        exposure.AddTo(command);
        var signIn = new SignInChoices();
        signIn.AddTo(command);
        command.SetAction((parsed, cancellation) => Sites.RunAsync(async () =>
        {
            var site = Sites.Open(parsed, data, postgres).With(parsed, checkpoints).WithNotices(parsed, notices);
            using var held = site.Data.Lock();
            // Told now, and not after a year's history was written.
            await DemoFile.CheckAsync(site.Data.Demo);
            NodeId? district = null;
            await using var app = await WebSetup.BuildAsync(site, parsed.GetValue(urls)!, exposure.Read(parsed, DemoOptions.DeviceRate), signIn.Read(parsed, required: false));
            app.MapDistrictPage(() => district);
            if (parsed.GetValue(published) != false)
                app.MapPublicFigures();
            await app.ListenAsync(parsed.GetValue(urls)!, cancellation);

            var (demo, access) = await PrepareAsync(app, site, parsed.GetValue(seed), parsed.GetValue(history), cancellation);
            district = demo.District;
            DemoFile.Print(access);

            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation, app.Lifetime.ApplicationStopping);
            var simulation = parsed.GetValue(quiet) ? Task.CompletedTask : SimulateAsync(access, demo, new SimulationPace { Seed = parsed.GetValue(seed), EventsPerMinute = parsed.GetValue(rate) }, RealClock.Instance, stopping.Token);
            await app.WaitForShutdownAsync(cancellation);
            await stopping.CancelAsync();
            await simulation;
            return 0;
        }));
        return command;
    }

    private static async Task<(DemoSite Demo, DemoAccess Access)> PrepareAsync(WebApplication app, Site site, int seed, int days, CancellationToken cancellation)
    {
        try
        {
            var (bureau, clock) = (app.Services.GetRequiredService<IBureau>(), app.Services.GetRequiredService<TimeProvider>());
            var demo = await DemoDistrict.EnsureAsync(bureau, app.Services.GetRequiredService<PersonalCipher>(), clock);
            var history = await DemoHistories.WriteAsync(app.Services, demo, seed, days, cancellation);
            // Who leads whom decides who may work on a case.
            var people = await DemoFile.PeopleAsync(site.Data.Demo, demo, app.Services.GetRequiredService<IAccounts>());
            DemoHistories.Print(history, await DemoHistories.WriteCasesAsync(app.Services, demo, seed, history?.Plan, cancellation));
            await DemoStaff.SignInAsync(app.Services.GetRequiredService<IGrainFactory>(), demo, clock, cancellation);
            // Last: whoever waits for the file finds everything in place.
            return (demo, await DemoFile.EnsureAsync(site.Data.Demo, app.LocalUrl(), demo, bureau, people, clock));
        }
        catch (Exception e)
        {
            // Whatever stopped the start, the silo ends in order; what was written stays, and the next start goes on from there.
            await app.StopAsync(CancellationToken.None);
            if (e is OperationCanceledException)
                throw new UsageException("Stopped before the district was ready; the next start goes on from there.");
            throw;
        }
    }

    private static async Task SimulateAsync(DemoAccess access, DemoSite demo, SimulationPace pace, TimeProvider clock, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = new Uri(access.Url) };
        var place = SimulatedPlace.Of(demo);
        await Task.WhenAll(
            new SimulatedWindows(http, access.DeviceKey, place, pace, clock).RunAsync(cancellation),
            new SimulatedCitizens(http, place, FiledPerHour, pace.Seed, clock).RunAsync(cancellation));
    }
}
