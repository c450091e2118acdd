using Feedback.Domain.Cases;
using Feedback.Grains.Cases;

namespace Feedback.Api.Cases;

/// <summary>Sends files of cases so that they are saved and never shown: as attachments, in a sandbox, under no other type, kept by nobody on the way and told to no other site.</summary>
public static class FileAnswer
{
    /// <summary>The answer with a file.</summary>
    /// <param name="http">The request.</param>
    /// <param name="state">The case.</param>
    /// <param name="attached">How it was attached.</param>
    /// <param name="content">Its bytes.</param>
    public static IResult Of(HttpContext http, CaseState state, CaseAttached attached, byte[] content)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-cache, no-store";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        return Results.Bytes(content, attached.Type, $"{state.Intake.Number}-{attached.File}.{CaseFileTypes.EndingOf(attached.Type)}");
    }

    /// <summary>How a file was attached that the citizen of a case sent; null where they sent none such.</summary>
    /// <param name="found">The case.</param>
    /// <param name="file">The file's id, as text.</param>
    public static CaseAttached? OfCitizen(CaseRecord found, string file) => found.Timeline.Select(one => one.Happened).OfType<CaseAttached>()
        .FirstOrDefault(attached => attached.File.ToString() == file && attached.Stamp.By == CaseActor.Citizen.Name);
}
