using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Cases;
using Feedback.Api.Invitations;
using Feedback.Domain.Cases;
using Feedback.Grains.Cases;
using Feedback.Grains.Organisation;
using Feedback.Web.Ratings;

namespace Feedback.Web.Cases.Citizen;

/// <summary>The card of what was filed (首问卡): number, query code, the address at which to follow it, and what happens next.</summary>
internal sealed class FiledPages(CaseSecrets codes, CaseSight sight, IBureau bureau, PublicAddress address, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/filed/{code}", (HttpContext http, string code, FiledPages pages) => pages.ShowAsync(http, code))
            .IsOpen("An unguessable code, and nothing but how to follow the case.").WithName("filed").ExcludeFromDescription();

    private async Task<IResult> ShowAsync(HttpContext http, string code)
    {
        var words = CitizenFrame.WordsOf(http);
        if (codes.CaseOf(code) is not { } id || await sight.FindAsync(id.Value, CaseActor.Citizen) is not { } seen)
            return http.Notice(StatusCodes.Status404NotFound, words, "notFound", "track-unknown");
        var path = FiledCaseView.TrackingPage + code;
        return http.Citizens<FiledPage>(StatusCodes.Status200OK, words, new()
        {
            ["Address"] = "/filed/" + code,
            ["Track"] = path,
            ["View"] = CaseView.Of(seen, bureau.Current, clock.GetUtcNow().ToUnixTimeMilliseconds(), words),
            ["QueryCode"] = seen.State.Intake.QueryCode is null ? null : codes.QueryCodeOf(id),
            ["Named"] = !seen.State.Intake.Anonymous,
            ["FilesMissing"] = http.Request.Query["files"] == "missing",
            ["Link"] = address.TryLink(path, out var link, out _) ? link.Url : null,
            ["Picture"] = link is null ? null : QrPicture.Address(link),
        });
    }
}
