using System.Globalization;
using Feedback.Api.Problems;
using Feedback.Domain.Evaluations;
using Feedback.Grains.Journal;

namespace Feedback.Api.Open311;

/// <summary>Answers in the format and the language that a client asked for; what is refused as the specification's list of errors.</summary>
internal static class Open311Answers
{
    /// <summary>Runs a handler and answers what it gives, or why it gives nothing.</summary>
    /// <param name="http">The request.</param>
    /// <param name="root">The name of the root in XML.</param>
    /// <param name="answer">The handler.</param>
    /// <param name="status">The status of what it gives.</param>
    public static async Task AnswerAsync(HttpContext http, string root, Func<Task<Spark>> answer, int status = StatusCodes.Status200OK)
    {
        try
        {
            var value = await answer();
            http.Response.StatusCode = status;
            await WriteAsync(http, root, value);
        }
        catch (Intake.RefusedException e)
        {
            await RefuseAsync(http, e.Refusal);
        }
        catch (JournalBusyException e)
        {
            await RefuseAsync(http, e.Refusal);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            await RefuseAsync(http, new Refusal("busy", Retryable: true));
        }
    }

    /// <summary>Answers a request with a refusal: 403 for a key that is missing or wrong, 404 for what does not exist, 400 for what cannot be done as asked; and 429, 500 and 503 for what the client cannot mend.</summary>
    public static Task RefuseAsync(HttpContext http, Refusal refusal)
    {
        var status = StatusOf(refusal);
        http.Response.StatusCode = status;
        if (status == StatusCodes.Status503ServiceUnavailable)
            http.Response.Headers.RetryAfter = "1";
        var error = Spark.Of(("code", Spark.Of(status)), ("description", Spark.Of(Open311Words.TitleOf(refusal, LanguageOf(http.Request)))));
        return WriteAsync(http, "errors", Spark.List("error", [error]));
    }

    /// <summary>The language in which a client wants to read: <c>locale</c> before Accept-Language; zh or en.</summary>
    public static CultureInfo LanguageOf(HttpRequest request)
    {
        var locale = request.Query["locale"].ToString();
        return locale.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? CultureInfo.GetCultureInfo("zh-CN")
            : locale.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? CultureInfo.GetCultureInfo("en")
            : Problem.CultureOf(request);
    }

    private static int StatusOf(Refusal refusal) => refusal.Code switch
    {
        "service-unknown" or "address-unknown" => StatusCodes.Status404NotFound,
        // The address is right, and what was said in it is not.
        "node-unknown" => StatusCodes.Status400BadRequest,
        _ => Problem.StatusOf(refusal) switch
        {
            StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => StatusCodes.Status403Forbidden,
            var kept and (StatusCodes.Status404NotFound or StatusCodes.Status429TooManyRequests or >= StatusCodes.Status500InternalServerError) => kept,
            _ => StatusCodes.Status400BadRequest,
        },
    };

    private static Task WriteAsync(HttpContext http, string root, Spark value)
    {
        var format = FormatOf(http);
        var body = SparkWriter.Write(format, root, value);
        http.Response.ContentType = SparkWriter.MediaTypeOf(format);
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    // Where the address has no extension, by what the client would rather read: XML unless it says JSON.
    private static SparkFormat FormatOf(HttpContext http) => http.GetRouteValue("format") switch
    {
        "json" => SparkFormat.Json,
        "xml" => SparkFormat.Xml,
        _ => http.Request.Path.Value?.EndsWith(".json", StringComparison.OrdinalIgnoreCase) == true
            || http.Request.Headers.Accept.ToString().Contains("json", StringComparison.OrdinalIgnoreCase) ? SparkFormat.Json : SparkFormat.Xml,
    };
}
