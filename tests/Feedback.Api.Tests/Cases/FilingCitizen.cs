using System.Net;
using System.Text.RegularExpressions;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Xunit;

namespace Feedback.Api.Tests.Cases;

/// <summary>What citizens and the office do with a case.</summary>
internal static partial class FilingCitizen
{
    /// <summary>Handles all cases.</summary>
    public static readonly CaseActor Clerk = new("account:li") { Handles = NodeScope.Everywhere };

    /// <summary>Opens the page of filing and sends it.</summary>
    /// <returns>The address of the card.</returns>
    public static async Task<string> FileAsync(this Visitor citizen, string window, string words, string contact = "", string kind = "complaint", string language = "en")
    {
        var path = "/file?at=" + window;
        var id = IdOf(await citizen.TextAsync(path, language));
        var answer = await citizen.PostInAsync(language, path, ("id", id), ("kind", kind), ("words", words), ("contact", contact));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    /// <summary>The address at which the case of a card is followed.</summary>
    public static string TrackOf(string filed) => "/track/" + CodeOf(filed);

    public static string CodeOf(string address) => Code().Match(address).Groups[1].Value;

    /// <summary>The case of an address with a tracking code.</summary>
    public static CaseId CaseOf(this RunningSite site, string address) => site.Service<CaseSecrets>().CaseOf(CodeOf(address))!.Value;

    /// <summary>The office does something with it.</summary>
    public static async Task OfficeAsync(this RunningSite site, CaseId id, CaseCommand command, string? words = null)
    {
        var answer = await site.Service<IGrainFactory>().GetGrain<ICaseGrain>(id.Value).Perform(new CaseRequest(command, Clerk) { Words = words });
        Assert.Null(answer.Refusal);
    }

    /// <summary>The office says that it is done, and posts an answer.</summary>
    public static async Task AnswerAsync(this RunningSite site, CaseId id, string words)
    {
        await site.OfficeAsync(id, new HandleCase("done"), "内部备注：当班人员已谈话");
        await site.OfficeAsync(id, new GiveFeedback("tracking", FeedbackOutcome.Posted, null), words);
    }

    public static string IdOf(string page) => Id().Match(page).Groups[1].Value;

    public static (string Number, string QueryCode) CardOf(string page) => (Number().Match(page).Value, Digits().Match(page).Groups[1].Value);

    [GeneratedRegex("name=\"id\" value=\"([^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("/(?:filed|track)/([A-Za-z0-9_-]{44})")]
    private static partial Regex Code();

    [GeneratedRegex("[0-9]{8}-[0-9]{7}-[0-9]")]
    private static partial Regex Number();

    [GeneratedRegex("<dd class=\"big\">([0-9]{6})</dd>")]
    private static partial Regex Digits();
}
