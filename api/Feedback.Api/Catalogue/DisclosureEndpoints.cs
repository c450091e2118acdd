using System.Security.Cryptography;
using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Intake;
using Feedback.Domain.Access;
using Feedback.Domain.Catalogue;
using Feedback.Domain.Journal;
using Feedback.Grains.Audit;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Catalogue;

/// <summary>The endpoints that tell and set what is published about service items (六要素公开).</summary>
internal static class DisclosureEndpoints
{
    private const string One = "/api/v1/service-items/{serviceItem}/disclosure";

    public static void MapDisclosures(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(One, (HttpContext http, string serviceItem, IBureau bureau) => ReadEndpoints.ForAnybodyAsync(http, () =>
                Task.FromResult(Results.Json(ViewOf(bureau.Current.Catalogue, serviceItem), ApiJson.Options))))
            .IsOpen("What a bureau publishes about its service items is for everybody.")
            .WithName("service-item-disclosure").WithTags("Service matters").WithSummary("What is published about a service item: conditions, basis, duty, procedure, standard, limit, result, rights.")
            .Produces<DisclosureView>().ProducesProblem(404);

        routes.MapPut(One, (HttpContext http, string serviceItem, IBureau bureau, IAudit audit) => ReadEndpoints.ForReaderAsync(http, async scope =>
            {
                var (sections, limit) = await RequestBody.ReadAsync(http.Request, DisclosureBodies.Read);
                ViewOf((await bureau.RefreshAsync()).Catalogue, serviceItem);
                await audit.RecordAsync(new AuditEntry(Acts.ServiceItemDisclosed, http.GetCaller().Caller.Name) { Target = "service-item:" + serviceItem, Address = CallerAddress.Of(http) });
                var after = await bureau.DecideAsync(StreamName.Catalogue, _ => new Decision(
                    [new ServiceItemDisclosed { Salt = Opaque.FromBytes(RandomNumberGenerator.GetBytes(Opaque.Length)), Code = serviceItem, Sections = sections, Limit = limit }]));
                return Results.Json(ViewOf(after.Catalogue, serviceItem), ApiJson.Options);
            }))
            .DemandsEverywhere(Permission.ManageRegisters).WithName("service-item-disclose").WithTags("Service matters").WithSummary("Publishes what holds for a service item from now on; it replaces what was published before.")
            .WithDescription("Matters that were accepted before keep what was published then. Only for those who may in the whole bureau. Audited.")
            .Accepts<DisclosureBody>("application/json")
            .Produces<DisclosureView>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(503);
    }

    private static DisclosureView ViewOf(ServiceCatalogue catalogue, string item) => catalogue.ServiceItems.TryGetValue(item, out var found)
        ? DisclosureView.Of(found, catalogue.DisclosureOf(item))
        : throw Members.Refuse("service-item-unknown", "serviceItem", item);
}
