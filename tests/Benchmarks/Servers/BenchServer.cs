using System.CommandLine;
using Feedback.Api.Limits;
using Feedback.Grains.Organisation;
using Feedback.Silo.Hosting;
using Feedback.Storage;

namespace Feedback.Benchmarks.Servers;

/// <summary>The verb <c>server</c>: the real application with a bureau for measuring, and a few endpoints more.</summary>
internal static class BenchServer
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Required = true };
        var postgres = new Option<string?>("--postgres");
        var windows = new Option<int>("--windows") { DefaultValueFactory = _ => 1000 };
        var levels = new Option<int>("--levels") { DefaultValueFactory = _ => 3 };
        var signers = new Option<bool>("--signers");
        var command = new Command("server", "The server that is measured; started by the benchmarks themselves.") { data, postgres, windows, levels, signers };
        command.Hidden = true;
        command.SetAction(parsed => RunAsync(
            new Site(DataDirectory.Open(parsed.GetValue(data)!), parsed.GetValue(postgres)), parsed.GetValue(windows), parsed.GetValue(levels), parsed.GetValue(signers)));
        return command;
    }

    private static async Task<int> RunAsync(Site site, int windows, int levels, bool signers)
    {
        using var held = site.Data.Lock();
        // The limits are asked like anywhere, and nobody meets one.
        var exposure = Exposure.None with { Rates = new RequestRates { Device = 1_000_000, Reader = 1_000_000, Address = 1_000_000 } };
        await using var app = await WebSetup.BuildAsync(site, "http://127.0.0.1:0", exposure, SignInOptions.Optional);
        app.MapBenchmarks();
        await app.StartAsync();
        var district = ActivatorUtilities.CreateInstance<BenchDistrict>(app.Services);
        var access = await district.CreateAsync(windows, levels, app.Urls.First());
        if (signers)
            access = access with { Signers = await ActivatorUtilities.CreateInstance<BenchTerminals>(app.Services).EnrolAsync(access.Halls) };
        await app.Services.GetRequiredService<IBureau>().RefreshAsync();
        await ServerProcess.ServeAsync(app, access);
        return 0;
    }
}
