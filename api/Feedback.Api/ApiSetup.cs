using Feedback.Api.Access;
using Feedback.Api.Accounts;
using Feedback.Api.Addresses;
using Feedback.Api.Alerts;
using Feedback.Api.Audit;
using Feedback.Api.Boxes;
using Feedback.Api.CaseFigures;
using Feedback.Api.Cases;
using Feedback.Api.Catalogue;
using Feedback.Api.Charts;
using Feedback.Api.Cluster;
using Feedback.Api.Evaluations;
using Feedback.Api.Health;
using Feedback.Api.Hotline;
using Feedback.Api.Intake;
using Feedback.Api.Invitations;
using Feedback.Api.Limits;
using Feedback.Api.Live;
using Feedback.Api.Matters.Lists;
using Feedback.Api.Matters.Notices;
using Feedback.Api.Matters.Services;
using Feedback.Api.Matters.Told;
using Feedback.Api.Open311;
using Feedback.Api.Orders;
using Feedback.Api.Paper;
using Feedback.Api.Platform;
using Feedback.Api.Policies;
using Feedback.Api.Problems;
using Feedback.Api.Ratings;
using Feedback.Api.Reference;
using Feedback.Api.Released;
using Feedback.Api.Satisfaction;
using Feedback.Api.Staff;
using Feedback.Api.Terminals;
using Feedback.Domain.Evaluations;
using Feedback.Grains.Journal;
using Microsoft.AspNetCore.Diagnostics;

namespace Feedback.Api;

/// <summary>Registers the HTTP API and maps its endpoints.</summary>
public static class ApiSetup
{
    /// <summary>The meter that counts what became of every item pushed.</summary>
    public const string MeterName = IntakeMeter.Name;

    /// <summary>The most bytes that a request may have.</summary>
    public const int LargestRequest = RequestBody.LargestBatch;

    /// <summary>Adds what the endpoints need.</summary>
    public static IServiceCollection AddFeedbackApi(this IServiceCollection services)
    {
        services.AddSingleton<Callers>();
        services.AddSingleton<SignedRequests>();
        services.AddSingleton<Signers>();
        services.AddSingleton<KeyRegister>();
        services.AddSingleton<TerminalEndpoints>();
        services.AddSingleton<AccessCheck>();
        services.AddSingleton<RequestLimits>();
        services.AddSingleton<AuditFilter>();
        services.AddSingleton<AccountAdministration>();
        services.AddSingleton<IntakeMeter>();
        services.AddSingleton(provider => new PushGate(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ChartDrawing>();
        services.AddSingleton<WindowCalls>();
        services.AddSingleton<CaseCalls>();
        services.AddSingleton<CaseFiling>();
        services.AddSingleton<CaseStepping>();
        services.AddSingleton<CitizenSteps>();
        services.AddCaseEndpoints();
        services.AddSingleton<AlertList>();
        services.AddSingleton<OrderIntake>();
        services.AddPaper();
        services.AddSingleton<SilenceRules>();
        services.AddSingleton<PushEndpoint>();
        services.AddSingleton<ServiceMatterEndpoints>();
        services.AddSingleton<MatterCalls>();
        services.AddSingleton<MatterLists>();
        services.AddSingleton<MatterTelling>();
        services.AddSingleton<NoticeEndpoint>();
        services.AddSingleton<PlatformReading>();
        services.AddSingleton<PlatformEndpoints>();
        services.AddSingleton<ServiceMatterFigures>();
        services.AddSingleton<DatabaseLife>();
        services.AddHostedService(provider => provider.GetRequiredService<DatabaseLife>());
        services.AddSingleton<WindowStaffEndpoint>();
        services.AddSingleton<InviteEndpoint>();
        services.AddSingleton<RatingIntake>();
        services.AddSingleton<RatingFates>();
        services.AddSingleton<NodeFigures>();
        services.AddSingleton<CaseFigureReader>();
        services.AddSingleton<HotlineFigureReader>();
        services.AddSingleton<SingleEvaluations>();
        services.AddSingleton<PolicyReading>();
        services.AddSingleton<SubjectExport>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<ReleasedReader>();
        services.AddSingleton<ReleasedFeed>();
        services.AddSingleton<ClusterReader>();
        services.AddSingleton<Readiness>();
        services.AddHostedService<ClusterMeter>();
        services.AddHostedService<CalendarNotice>();
        services.AddOpen311();
        services.AddCharts();
        services.AddReference();
        services.AddFormBounds();
        return services;
    }

    /// <summary>Answers what fails by a problem: to be called before whatever else may fail, such as the way back from a provider of sign-in.</summary>
    public static void UseProblems(this IApplicationBuilder app) => app.UseExceptionHandler(failed => failed.Run(AnswerFailureAsync));

    /// <summary>Maps every endpoint of the API; what does not exist is answered by a problem, too.</summary>
    public static void MapFeedbackApi(this WebApplication app)
    {
        app.UseStatusCodePages(async context => await AnswerStatusAsync(context.HttpContext));
        app.UsePlainBodies();
        app.UsePolicyGate();
        app.MapPushes();
        app.MapServiceMatters();
        app.MapDisclosures();
        app.MapTerminals();
        app.MapInvitations();
        app.MapRatings();
        app.MapRatingLookups();
        app.MapReads();
        app.MapCaseFigures();
        app.MapOrders();
        app.MapHotlineFigures();
        app.MapBoxes();
        app.MapPaper();
        app.MapSingleEvaluations();
        app.MapAlerts();
        app.MapAudit();
        app.MapAccounts();
        app.MapReleased();
        app.MapCases();
        app.MapCaseTracking();
        app.MapPolicies();
        app.MapCalendars();
        app.MapOpen311();
        app.MapCluster();
        app.MapPlatform();
        app.MapHealth();
        app.MapConnection();
        app.MapReference();
    }

    private static Task AnswerFailureAsync(HttpContext http)
    {
        // The headers were cleared with the answer that failed.
        http.SetSafeHeaders();
        var failure = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        // What cannot be stored now, such as the audit of an act, was not done either.
        if (failure is JournalBusyException busy)
            return Problem.WriteAsync(http, busy.Refusal);
        // Neither was what a silo was asked for that is gone: another one takes its place within seconds.
        if (failure is OrleansException or TimeoutException)
            return Problem.WriteAsync(http, new Refusal("busy", Retryable: true));
        return Problem.WriteAsync(http, failure is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }
            ? new Refusal("body-too-large", null, LargestRequest.ToString(System.Globalization.CultureInfo.InvariantCulture))
            : new Refusal("unexpected"));
    }

    private static Task AnswerStatusAsync(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => Problem.WriteAsync(http, new Refusal("not-found")),
        StatusCodes.Status415UnsupportedMediaType => Problem.WriteAsync(http, new Refusal("media-type-unknown", "Content-Type", http.Request.ContentType)),
        StatusCodes.Status405MethodNotAllowed => Problem.WriteAsync(http, new Refusal("method-not-allowed")),
        _ => Task.CompletedTask,
    };
}
