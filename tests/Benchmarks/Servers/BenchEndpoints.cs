using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Evaluations;
using Feedback.Api.Intake;
using Feedback.Domain.Access;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;

namespace Feedback.Benchmarks.Servers;

/// <summary>Endpoints that only a measured server has.</summary>
internal static class BenchEndpoints
{
    private const string Measured = "Only a server that is measured has it.";
    private static readonly byte[] Receipt = """{"id":"e-0000000000000000","window":"n1"}"""u8.ToArray();

    public static void MapBenchmarks(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/bench/parse", ParseAsync).IsOpen(Measured);
        routes.MapGet("/bench/memory", MemoryAsync).IsOpen(Measured);
        routes.MapPost("/bench/push", PushAsync).IsOpen(Measured);
    }

    /// <summary>Reads a body with the very reader of the real endpoint, does nothing with it, and answers in as many bytes as need be.</summary>
    private static async Task ParseAsync(HttpContext http)
    {
        await RequestBody.ReadAsync(http.Request, static body =>
            EvaluationReader.Read(body, new Row(body, cloudEvent: false), new Envelope("t1"), static window => new NodeId(window)));
        http.Response.StatusCode = StatusCodes.Status201Created;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = Receipt.Length;
        await http.Response.BodyWriter.WriteAsync(Receipt);
    }

    /// <summary>The real push, told who its caller is: without looking a key up, and without asking what it may.</summary>
    private static Task PushAsync(HttpContext http, PushEndpoint push)
    {
        http.Features.Set(Everybody);
        return push.HandleAsync(http, EvaluationReader.Read);
    }

    private static CallerOf Everybody { get; } = new(
        Caller.OfTerminal(new IssuedKey("k1", KeyPurpose.Device, "t1", NodeId.Numbered(1), "", 0)), Permission.PushEvents);

    /// <summary>What the process holds once everything that can be collected is.</summary>
    private static async Task<ServerMemory> MemoryAsync(IGrainFactory grains)
    {
        var statistics = await grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();
        var windows = statistics.Where(grain => grain.GrainType.Contains("WindowGrain", StringComparison.Ordinal)).Sum(grain => grain.ActivationCount);
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return new ServerMemory(windows, GC.GetTotalMemory(forceFullCollection: false), PrivateBytes());
    }

    // Pages that no other process shares: what would be free again if this one ended.
    private static long PrivateBytes() => File.ReadLines("/proc/self/smaps_rollup")
        .Where(line => line.StartsWith("Private_", StringComparison.Ordinal))
        .Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024);
}

/// <summary>What a measured server holds.</summary>
/// <param name="Windows">Active windows.</param>
/// <param name="ManagedBytes">Live managed objects.</param>
/// <param name="PrivateBytes">The private working set.</param>
internal sealed record ServerMemory(int Windows, long ManagedBytes, long PrivateBytes);
