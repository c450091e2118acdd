using System.Text.Json;
using Feedback.Api;
using Feedback.Api.Addresses;

namespace Feedback.Silo.SelfTest;

/// <summary>Whether it is this service that answers out there, whole and unaltered.</summary>
internal static class ServiceChecks
{
    private const int MostSteps = 5;

    /// <summary>An address for documentation (RFC 5737): no caller has it.</summary>
    private const string Stranger = "203.0.113.99";

    /// <summary>Whether it can store.</summary>
    public static async Task<Finding> HealthAsync(OutsideClient http, CancellationToken cancellation)
    {
        var answer = await http.GetAsync("/healthz/ready", cancellation);
        return answer is { Status: 200, Text: "ready" }
            ? new Finding("health", Verdict.Pass, "health-ready")
            : new Finding("health", Verdict.Fail, answer.Status == 503 ? "health-not-ready" : "health-other", answer.Status);
    }

    /// <summary>Whether a browser comes to a page.</summary>
    public static async Task<Finding> PageAsync(OutsideClient http, CancellationToken cancellation)
    {
        var at = http.Url;
        for (var step = 0; step < MostSteps; step++)
        {
            var answer = await http.GetAsync(at, cancellation);
            if (answer.Location is { } next && answer.Status is >= 300 and < 400)
            {
                if (next.IdnHost != http.Url.IdnHost || next.Scheme != http.Url.Scheme)
                    return new Finding("page", Verdict.Fail, "page-away", at, next);
                at = next;
                continue;
            }

            return answer.Status switch
            {
                200 when answer.MediaType == "text/html" => new Finding("page", Verdict.Pass, "page-shown", at),
                404 => new Finding("page", Verdict.Warn, "page-none", at),
                _ => new Finding("page", Verdict.Fail, "page-other", at, answer.Status),
            };
        }

        return new Finding("page", Verdict.Fail, "page-loop", at);
    }

    /// <summary>Whether an evaluation without a key arrives at the service, and is refused by it.</summary>
    public static async Task<Finding> RefusalAsync(OutsideClient http, CancellationToken cancellation)
    {
        var answer = await http.PostAsync("/api/v1/evaluations", "{}", cancellation);
        if (answer.Status is >= 200 and < 300)
            return new Finding("api", Verdict.Fail, "api-open", answer.Status);
        return answer is { Status: 401, MediaType: "application/problem+json" } && answer.Text.Contains("key-missing", StringComparison.Ordinal)
            ? new Finding("api", Verdict.Pass, "api-refuses")
            : new Finding("api", Verdict.Fail, "api-other", answer.Status, answer.MediaType ?? "–");
    }

    /// <summary>Whether the service knows how it was called, and whether a stranger can make it believe otherwise.</summary>
    public static async Task<IReadOnlyList<Finding>> ForwardedAsync(OutsideClient http, CancellationToken cancellation)
    {
        var other = http.Url.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        var truth = Seen(await http.GetAsync("/healthz/connection", cancellation));
        var told = Seen(await http.GetAsync(
            "/healthz/connection", cancellation,
            ("X-Forwarded-For", Stranger), ("X-Forwarded-Proto", other), ("X-Forwarded-Host", WebChecks.Nobody)));
        if (truth is null || told is null)
            return [new Finding("forwarded", Verdict.Warn, "forwarded-untold")];
        return
        [
            truth.Scheme == http.Url.Scheme
                ? new Finding("scheme", Verdict.Pass, "scheme-known", truth.Scheme)
                : new Finding("scheme", Verdict.Fail, "scheme-lost", truth.Scheme, http.Url.Scheme, truth.Client ?? "?"),
            told.Client == Stranger || told.Scheme == other && truth.Scheme != other || told.Host == WebChecks.Nobody
                ? new Finding("forwarded", Verdict.Fail, "forwarded-believed", Stranger)
                : new Finding("forwarded", Verdict.Pass, "forwarded-ignored", truth.Client ?? "?"),
        ];
    }

    private static SeenConnection? Seen(OutsideAnswer answer)
    {
        if (answer is not { Status: 200, MediaType: "application/json" })
            return null;
        try
        {
            return JsonSerializer.Deserialize<SeenConnection>(answer.Text, ApiJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
