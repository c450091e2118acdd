using System.Net;
using System.Text.RegularExpressions;
using Feedback.Api.Cases;
using Feedback.Api.Tests.Evaluations;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.TestSupport;

namespace Feedback.Api.Tests.Cases.Office;

/// <summary>Somebody of the office at the pages of cases.</summary>
internal sealed partial class Clerk : IDisposable
{
    private readonly Official _official;

    private Clerk(Official official) => _official = official;

    public string Name => _official.Name;

    public Visitor Browser => _official.Browser;

    /// <summary>Signs in with a role at a node.</summary>
    public static async Task<Clerk> SignInAsync(RunningSite site, string grants) => new(await Official.SignInAsync(site, grants));

    /// <summary>What the clerk received at a place, as the form files it.</summary>
    public async Task<FiledCase> FileAsync(RunningSite site, string place, string words, string? contact = null, params string[] about)
    {
        var filing = new Filing(CaseKind.Complaint, CaseChannel.Window, place) { Words = words, Contact = contact, About = [.. about] };
        var (actor, id) = (new CaseActor("account:" + Name) { Handles = NodeScope.At(new NodeId(place)) }, Some.Id());
        return await Wait.ForAsync<FiledCase>("the case is filed", async () => (await site.Service<CaseFiling>().FileAsync(filing, actor, id)).Filed);
    }

    /// <summary>A page as a reader sees it.</summary>
    public async Task<(HttpStatusCode Status, string Text)> OpenAsync(string path, string language = "en") => await ReadAsync(await Browser.GetAsync(path, language));

    /// <summary>Does a step by its form, as the card has it now.</summary>
    public async Task<(HttpStatusCode Status, string Text)> StepAsync(FiledCase filed, string step, params (string, string)[] fields)
    {
        var card = (await OpenAsync("/cases/" + filed.Id)).Text;
        return await StepAsync(filed, step, card, fields);
    }

    /// <summary>Does a step by the form of a card that was read before.</summary>
    public async Task<(HttpStatusCode Status, string Text)> StepAsync(FiledCase filed, string step, string card, params (string, string)[] fields) =>
        await ReadAsync(await SendAsync($"/cases/{filed.Id}/steps/{step}",
            [("form", Visitor.SealOf(card)), ("version", Version().Match(card).Groups[1].Value), ("request", Some.Id()), .. fields]));

    /// <summary>Sends a form, and the same once more while a busy machine cannot say what became of it: it is done once.</summary>
    public Task<HttpResponseMessage> SendAsync(string path, params (string, string)[] form) => Wait.ForAsync<HttpResponseMessage>("the form is answered", async () =>
        await Browser.PostAsync(path, form) is { StatusCode: not HttpStatusCode.ServiceUnavailable } answer ? answer : null);

    /// <summary>A seal for forms.</summary>
    public async Task<string> SealAsync(string path) => Visitor.SealOf((await OpenAsync(path)).Text);

    public void Dispose() => _official.Dispose();

    /// <summary>What a page tells, its entities as letters.</summary>
    public static async Task<(HttpStatusCode Status, string Text)> ReadAsync(HttpResponseMessage answer) =>
        (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));

    [GeneratedRegex("name=\"version\" value=\"(\\d+)\"")]
    private static partial Regex Version();
}
