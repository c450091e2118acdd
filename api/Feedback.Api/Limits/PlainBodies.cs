using Feedback.Domain.Evaluations;
using Microsoft.AspNetCore.Http.Features;

namespace Feedback.Api.Limits;

/// <summary>Bounds of bodies besides their length, which the server itself bounds.</summary>
internal static class PlainBodies
{
    private const int MostFields = 64;
    private const int LongestField = 64 * 1024;
    private const int LongestFieldName = 128;

    /// <summary>Refuses packed bodies: a few bytes could unpack to gigabytes, and nothing here unpacks them.</summary>
    public static void UsePlainBodies(this IApplicationBuilder app) => app.Use((http, next) =>
        http.Request.Headers.ContentEncoding is { Count: > 0 } encoding && !"identity".Equals(encoding, StringComparison.OrdinalIgnoreCase)
            ? Problems.Problem.WriteAsync(http, new Refusal("encoding-unknown", "Content-Encoding", encoding))
            : next(http));

    /// <summary>Bounds forms, those with files, too.</summary>
    public static void AddFormBounds(this IServiceCollection services) => services.Configure<FormOptions>(form =>
    {
        form.ValueCountLimit = MostFields;
        form.ValueLengthLimit = LongestField;
        form.KeyLengthLimit = LongestFieldName;
        form.MultipartHeadersCountLimit = 8;
        form.MultipartHeadersLengthLimit = 4 * 1024;
        form.MultipartBoundaryLengthLimit = 100;
        form.MultipartBodyLengthLimit = ApiSetup.LargestRequest;
    });
}
