using System.Buffers;
using System.Globalization;
using System.Resources;
using System.Text.Json;
using Feedback.Domain.Evaluations;
using Microsoft.Net.Http.Headers;

namespace Feedback.Api.Problems;

/// <summary>
/// Words a refusal for people, in zh or en, as problem+json (RFC 9457): what was wrong, in which member, and how to mend it.
/// </summary>
public static class Problem
{
    private const string TypePrefix = "urn:feedback:problem:";
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(1);
    private const int Longest = 60;
    private static readonly ResourceManager Texts = new("Feedback.Api.Problems.Refusals", typeof(Problem).Assembly);
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    /// <summary>The language in which a client wants to read: zh when it prefers it to en, else en.</summary>
    public static CultureInfo CultureOf(HttpRequest request)
    {
        var header = request.Headers.AcceptLanguage;
        if (header.Count == 0 || !StringWithQualityHeaderValue.TryParseList(header, out var accepted))
            return English;
        var best = accepted.OrderByDescending(language => language.Quality ?? 1)
            .FirstOrDefault(language => Prefers(language, "zh") || Prefers(language, "en"));
        return best is not null && Prefers(best, "zh") ? Chinese : English;
    }

    /// <summary>The HTTP status of a refusal.</summary>
    public static int StatusOf(Refusal refusal) => refusal.Code switch
    {
        "busy" or "outcome-unknown" or "not-ready" or "upgrade-under-way" or "not-member" or "not-loaded" or "draining" or "restart-needed"
            or "command-unreadable" => StatusCodes.Status503ServiceUnavailable,
        "key-missing" or "key-invalid" or "key-expired" or "signature-required" or "signature-time" or "signature-wrong" or "signature-unchecked"
            or "signing-key-unknown" or "signing-key-expired" or "signing-key-revoked" or "signing-key-early" => StatusCodes.Status401Unauthorized,
        "window-unknown" or "terminal-unknown" or "key-unknown" or "node-unknown" or "chart-unknown" or "not-found"
            or "evaluation-unknown" or "rating-unknown" or "enrolment-code-unknown" or "account-unknown"
            or "policy-subject-unknown" or "calendar-unknown" or "case-unknown" or "case-elsewhere" or "lookup-wrong" or "file-unknown"
            or "matter-unknown" or "item-not-rejected" or "service-item-unknown" or "hotline-order-unknown" or "paper-batch-unknown" => StatusCodes.Status404NotFound,
        "https-required" or "forbidden" or "cross-site" or "algorithm-refused" or "account-own"
            or "recused" or "step-not-yours" or "owner-by-supervision" or "appeal-own" or "extension-own" or "review-inside" or "call-back-inside" or "call-back-by-manager" or "verify-by-manager" or "verify-inside" or "city-inside" or "contact-not-yours" => StatusCodes.Status403Forbidden,
        "host-unknown" => StatusCodes.Status421MisdirectedRequest,
        "public-url-missing" or "public-url-local" or "public-url-private" or "conflict" or "key-renewed" or "key-taken"
            or "rated-already" or "account-taken" or "account-external" or "staff-taken" or "staff-taken-elsewhere"
            or "clock-not-paused" or "clock-not-running" or "clock-not-stopped" or "clock-started-already" or "clock-paused" or "clock-overdue" or "clock-returned"
            or "case-exists" or "file-id-taken" or "case-external-taken" or "case-closed" or "case-merged" or "step-not-now" or "answer-missing" or "call-back-missing" or "call-first"
            or "appeal-decided" or "appeal-late" or "appeal-open" or "rating-excluded-in-case" or "extension-asked" or "extension-late" or "extension-none" or "extensions-used" or "reopen-late" or "reopen-often"
            or "matter-exists" or "matter-over" or "merge-into-closed" or "merge-into-merged" or "not-returned" or "not-supervised" or "not-urged" or "not-verified"
            or "paper-batch-exists" or "paper-closed" or "paper-counted" or "paper-not-counted" or "paper-difference" or "paper-disputed" or "paper-form-begun" or "paper-form-keyed" or "paper-form-not-keyed"
            or "paper-form-spoilt" or "paper-form-undisputed" or "paper-recheck-left" or "paper-recheck-own" or "paper-correction-own" or "paper-keep-own" or "paper-request-differs" => StatusCodes.Status409Conflict,
        "policy-changed" or "hotline-figures-changed" or "version-stale" or "matter-stale" or "paper-stale" => StatusCodes.Status412PreconditionFailed,
        "if-match-missing" => StatusCodes.Status428PreconditionRequired,
        "body-too-large" or "file-too-large" => StatusCodes.Status413PayloadTooLarge,
        "media-type-unknown" or "encoding-unknown" or "file-type-refused" or "paper-file-type" => StatusCodes.Status415UnsupportedMediaType,
        "too-many-requests" or "too-many-bytes" => StatusCodes.Status429TooManyRequests,
        "unexpected" => StatusCodes.Status500InternalServerError,
        "method-not-allowed" => StatusCodes.Status405MethodNotAllowed,
        _ => StatusCodes.Status400BadRequest,
    };

    /// <summary>Answers a request with a refusal.</summary>
    public static async Task WriteAsync(HttpContext http, Refusal refusal)
    {
        WriteHead(http, refusal, SoonAgain);
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, ApiJson.Writing);
        Write(json, refusal, CultureOf(http.Request));
    }

    /// <summary>Answers a request with a refusal whose body is known.</summary>
    /// <param name="http">The request.</param>
    /// <param name="refusal">The refusal.</param>
    /// <param name="bodyIn">Its <see cref="Body"/> in Chinese, or in English.</param>
    /// <param name="again">After how many seconds, which are whole, to come again where that is what the refusal asks for.</param>
    public static Task WriteAsync(HttpContext http, Refusal refusal, Func<bool, byte[]> bodyIn, TimeSpan again)
    {
        WriteHead(http, refusal, again);
        var body = bodyIn(CultureOf(http.Request) == Chinese);
        http.Response.ContentLength = body.Length;
        return http.Response.BodyWriter.WriteAsync(body).AsTask();
    }

    private static void WriteHead(HttpContext http, Refusal refusal, TimeSpan again)
    {
        var status = StatusOf(refusal);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/problem+json; charset=utf-8";
        if (status == StatusCodes.Status503ServiceUnavailable)
            http.Response.Headers.RetryAfter = again.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        if (status == StatusCodes.Status401Unauthorized)
            http.Response.Headers.WWWAuthenticate = "Bearer";
    }

    /// <summary>The body of a refusal, for answers that are given too often to be worded each time.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <param name="chinese">Whether in Chinese, else in English.</param>
    public static byte[] Body(Refusal refusal, bool chinese)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, ApiJson.Writing))
            Write(json, refusal, chinese ? Chinese : English);
        return body.WrittenSpan.ToArray();
    }

    /// <summary>Writes a refusal as a JSON object.</summary>
    public static void Write(Utf8JsonWriter json, Refusal refusal, CultureInfo culture)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, TypePrefix + refusal.Code);
        json.WriteString("title"u8, TitleOf(refusal, culture));
        json.WriteNumber("status"u8, StatusOf(refusal));
        json.WriteString("code"u8, refusal.Code);
        if (refusal.Field is not null)
            json.WriteString("field"u8, refusal.Field);
        if (refusal.Retryable)
            json.WriteBoolean("retryable"u8, true);
        json.WriteEndObject();
    }

    /// <summary>What was wrong and how to mend it, in words.</summary>
    public static string TitleOf(Refusal refusal, CultureInfo culture) => string.Format(
        culture,
        Texts.GetString(refusal.Code, culture) ?? throw new InvalidOperationException($"Refusal '{refusal.Code}' has no words."),
        refusal.Field,
        Shorten(refusal.Value));

    private static bool Prefers(StringWithQualityHeaderValue language, string prefix) =>
        language.Quality is not 0 && language.Value.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    // Never through the middle of a surrogate pair.
    private static string? Shorten(string? value) =>
        value is { Length: > Longest } ? string.Concat(value.AsSpan(0, char.IsHighSurrogate(value[Longest - 1]) ? Longest - 1 : Longest), "…") : value;
}
