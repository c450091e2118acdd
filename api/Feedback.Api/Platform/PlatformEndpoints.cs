using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Intake;
using Feedback.Domain.Access;
using Feedback.Grains.Audit;
using Feedback.Grains.Journal;
using Feedback.Grains.Platform;

namespace Feedback.Api.Platform;

/// <summary>Sends again what the higher platform did not take.</summary>
internal sealed class PlatformEndpoints(PlatformSettings settings, IPlatformStore store, IJournal journal, IGrainFactory grains, IAudit audit)
{
    /// <summary>Marks a rejected item to be sent again, as it stands then.</summary>
    public async Task<RejectedItemView> AgainAsync(HttpContext http, string id, CancellationToken cancellation)
    {
        if (!(await store.RejectedAsync([id], cancellation)).TryGetValue(id, out var item))
            throw Members.Refuse("item-not-rejected", "item", id);
        await audit.RecordAsync(new AuditEntry(Acts.PlatformResent, http.GetCaller().Caller.Name) { Target = "platform-item:" + id, Address = CallerAddress.Of(http) });
        await journal.WriteAsync(new JournalUnit { Platform = new PlatformChange { Again = [id] } });
        if (settings.IsOn)
            await grains.GetGrain<IPlatformGrain>(IPlatformGrain.Key).Wake();
        return RejectedItemView.Of(item with { Again = true });
    }
}

/// <summary>Maps the endpoints about the platform.</summary>
internal static class PlatformRoutes
{
    public static void MapPlatform(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/platform", async (PlatformReading platform, CancellationToken cancellation) => Results.Json(await platform.ReadAsync(cancellation), ApiJson.Options))
            .DemandsEverywhere(Permission.SeeCluster).WithName("platform").WithTags("Operation").WithSummary("How the reporting to the higher platform fares: what waits, what was not taken, and the comparison of days.")
            .WithDescription("Only for those who may in the whole bureau.")
            .Produces<PlatformView>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(503);

        routes.MapPost("/api/v1/platform/rejected/{item}/resend", (HttpContext http, string item, PlatformEndpoints platform, CancellationToken cancellation) =>
                ReadEndpoints.ForReaderAsync(http, async _ => Results.Json(await platform.AgainAsync(http, item, cancellation), ApiJson.Options)))
            .DemandsEverywhere(Permission.ManageRegisters).WithName("platform-resend").WithTags("Operation").WithSummary("Sends an item again that the platform did not take, as it stands then.")
            .WithDescription("It is sent with the next batch, by the mapping in force then, and stays listed until it is taken. Only for those who may in the whole bureau. Audited.")
            .Produces<RejectedItemView>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(503);
    }
}
