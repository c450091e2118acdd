using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Intake;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Grains.Cases;

namespace Feedback.Api.Open311;

/// <summary>
/// Open311 GeoReport v2: other systems file and follow cases in a way that many of them know already. The specification is
/// http://wiki.open311.org/GeoReport_v2.
/// </summary>
/// <remarks>It is not in the OpenAPI document: its forms, its errors and the status of a missing key are those of its own specification.</remarks>
internal static class Open311Routes
{
    /// <summary>Where it is.</summary>
    public const string Root = "/open311/v2";

    private const string Format = "{format:" + FormatConstraint.Name + "}";

    private const string Published = "What the office can be asked for is on its walls, and the specification asks for no key.";

    /// <summary>Adds what it needs.</summary>
    public static void AddOpen311(this IServiceCollection services)
    {
        services.Configure<RouteOptions>(routes => routes.SetParameterPolicy<FormatConstraint>(FormatConstraint.Name));
        services.AddSingleton<ServiceList>();
        services.AddSingleton<RequestIntake>();
        services.AddSingleton<RequestReader>();
    }

    /// <summary>Maps its endpoints.</summary>
    public static void MapOpen311(this IEndpointRouteBuilder routes)
    {
        routes.MapGet($"/open311/discovery.{Format}", (HttpContext http, ServiceList services, PublicAddress address) =>
                Open311Answers.AnswerAsync(http, "discovery", () =>
                    Task.FromResult(Descriptions.Discovery(address, http.Request, services.Changeset, Open311Answers.LanguageOf(http.Request)))))
            .IsOpen(Published).WithName("open311-discovery").ExcludeFromDescription();

        routes.MapGet($"{Root}/services.{Format}", (HttpContext http, ServiceList services) =>
                Open311Answers.AnswerAsync(http, "services", () =>
                    Task.FromResult(Spark.List("service", services.All().Select(service => service.Told(Open311Answers.LanguageOf(http.Request)))))))
            .IsOpen(Published).WithName("open311-services").ExcludeFromDescription();

        routes.MapGet($"{Root}/services/{{code}}.{Format}", (HttpContext http, string code, ServiceList services) =>
                Open311Answers.AnswerAsync(http, "service_definition", () =>
                    Task.FromResult(services.Find(code) is { } service
                        ? Descriptions.Definition(service, Open311Answers.LanguageOf(http.Request))
                        : throw new RefusedException(new Refusal("service-unknown", "service_code", code)))))
            .IsOpen(Published).WithName("open311-service").ExcludeFromDescription();

        routes.MapPost($"{Root}/requests.{Format}", (HttpContext http, RequestIntake intake) =>
                Open311Answers.AnswerAsync(http, "service_requests", () => intake.TakeAsync(http), StatusCodes.Status201Created))
            .DemandsHere(Permission.FileCases).WithName("open311-file");

        routes.MapGet($"{Root}/requests.{Format}", (HttpContext http, RequestReader reader) =>
                Open311Answers.AnswerAsync(http, "service_requests", () => reader.ListAsync(http)))
            .DemandsHere(Permission.ReadCases).WithName("open311-requests");

        routes.MapGet($"{Root}/requests/{{number}}.{Format}", (HttpContext http, string number, RequestReader reader) =>
                Open311Answers.AnswerAsync(http, "service_requests", () => reader.OneAsync(http, number)))
            .DemandsHere(Permission.ReadCases).WithName("open311-request");

        routes.MapGet($"{Root}/tokens/{{token}}.{Format}", (HttpContext http, string token, CaseSecrets codes, ICaseStore cases) =>
                Open311Answers.AnswerAsync(http, "service_requests", async () =>
                    codes.CaseOf(token) is { } id && await cases.FindAsync(id, http.RequestAborted) is { } row
                        ? Spark.List("request", [Spark.Of(("service_request_id", Spark.Of(row.Number)), ("token", Spark.Of(token)))])
                        : throw new RefusedException(new Refusal("case-unknown", "token"))))
            .IsOpen("Whoever has the code was given it with the number.").WithName("open311-token").ExcludeFromDescription();

        routes.MapMethods("/open311/{**rest}", [HttpMethods.Get, HttpMethods.Post], (HttpContext http) =>
                Open311Answers.RefuseAsync(http, new Refusal("address-unknown")))
            .IsOpen("It tells which addresses there are.").WithName("open311-nowhere").ExcludeFromDescription();
    }

    private static RouteHandlerBuilder DemandsHere(this RouteHandlerBuilder route, Permission permission) => route
        .WithMetadata(EndpointPolicy.Demand(permission, Open311Answers.RefuseAsync), TakesApiKey.Mark).ExcludeFromDescription();
}
