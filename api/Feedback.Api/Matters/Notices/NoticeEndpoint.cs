using System.Globalization;
using Feedback.Api.Addresses;
using Feedback.Api.Intake;
using Feedback.Api.Matters.Services;
using Feedback.Api.Problems;
using Feedback.Charts.Notices;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Organisation;
using Feedback.Grains.ServiceMatters;

namespace Feedback.Api.Matters.Notices;

/// <summary>Hands out acceptance notices as pages and as PDF.</summary>
internal sealed class NoticeEndpoint(MatterRecords records, MatterSecrets codes, IBureau bureau, PublicAddress address)
{
    /// <summary>Where whoever has a code sees the notice.</summary>
    public static string PathOf(string code) => ServiceMatterPaths.NoticeOf(code);

    /// <summary>The notice of a code.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public async Task<IResult> ReadAsync(HttpContext http, string code) =>
        codes.MatterOf(code) is { } id && await records.FindAsync(id, http.RequestAborted) is { } state ? Write(http, state) : throw Members.Refuse("matter-unknown");

    /// <summary>The notice of a matter.</summary>
    /// <exception cref="RefusedException">There is no such format or language.</exception>
    public IResult Write(HttpContext http, MatterState state)
    {
        var culture = http.Request.Query["language"].ToString() switch
        {
            "" => Problem.CultureOf(http.Request),
            "zh" => CultureInfo.GetCultureInfo("zh-CN"),
            "en" => CultureInfo.GetCultureInfo("en"),
            var other => throw Members.Refuse("language-unknown", "language", other),
        };
        var link = address.TryLink(PathOf(codes.NoticeCodeOf(state.Id)), out var printed, out _) ? printed : null;
        var notice = NoticeWriting.Of(state, records.TimesOf(state), bureau.Current, link, culture);
        switch (http.Request.Query["format"].ToString())
        {
            case "" or "html":
                http.Response.Headers.ContentSecurityPolicy = NoticePage.Policy;
                return Results.Content(NoticePage.Of(notice), "text/html; charset=utf-8");
            case "pdf":
                return Results.Bytes(NoticeFile.ToPdf(notice), NoticeFile.Pdf);
            default:
                throw Members.Refuse("notice-format-unknown", "format", http.Request.Query["format"].ToString());
        }
    }
}
