using System.Reflection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Feedback.Silo.Telemetry;

/// <summary>Metrics, traces and logs over OTLP, switched on by the standard environment variables; without them nothing is registered.</summary>
internal static class TelemetrySetup
{
    private const string Service = "feedback";

    /// <summary>Adds what the environment variables ask for.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="silo">The name under which this one is told from the others of its cluster; null for one that is drawn at each start.</param>
    public static void AddTelemetry(this WebApplicationBuilder builder, string? silo)
    {
        var wanted = TelemetrySwitch.Read(builder.Configuration);
        // Nobody reads the log lines for which ASP.NET Core would otherwise begin a span with every request.
        if (!wanted.Traces)
            builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        if (!wanted.IsOn)
            return;

        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => Describe(resource, silo));
        if (wanted.Metrics)
            telemetry.WithMetrics(AddMeters);
        if (wanted.Traces)
            telemetry.WithTracing(AddSources);
        if (wanted.Logs)
            telemetry.WithLogging(logs => logs.AddProcessor<LogScrubber>().AddOtlpExporter());
    }

    /// <summary>Carries a trace along with calls between grains, when traces are exported.</summary>
    public static void FollowCalls(this ISiloBuilder silo, IConfiguration environment)
    {
        if (TelemetrySwitch.Read(environment).Traces)
            silo.AddActivityPropagation();
    }

    // What the environment says comes last, and so wins: OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES.
    private static void Describe(ResourceBuilder resource, string? silo) => resource
        .AddService(Service, serviceVersion: Assembly.GetExecutingAssembly().GetName().Version?.ToString(3), serviceInstanceId: silo)
        .AddEnvironmentVariableDetector();

    private static void AddMeters(MeterProviderBuilder metrics) => metrics
        .AddMeter("Feedback.*", "Microsoft.Orleans", "System.Runtime")
        .AddAspNetCoreInstrumentation()
        .AddOtlpExporter();

    private static void AddSources(TracerProviderBuilder traces) => traces
        .AddSource("Feedback.*", "Microsoft.Orleans.Application")
        .AddAspNetCoreInstrumentation(requests => requests.Filter = IsWorthFollowing)
        .AddProcessor<SpanScrubber>()
        .AddOtlpExporter();

    // A live stream would be one trace of hours, and a health check says nothing that its status does not.
    private static bool IsWorthFollowing(HttpContext http) =>
        http.Request.Path.Value is { } path
        && !path.EndsWith("/live", StringComparison.Ordinal) && !path.StartsWith("/healthz/", StringComparison.Ordinal);
}
