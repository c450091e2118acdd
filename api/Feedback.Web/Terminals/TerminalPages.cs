using System.Collections.Immutable;
using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Problems;
using Feedback.Api.Terminals;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Keys;
using Feedback.Grains.Keys;
using Feedback.Grains.Organisation;
using Feedback.Web.Frame;
using Feedback.Web.Words;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Terminals;

/// <summary>The page of the security administrator: terminals, one-time codes to print, and the switch that turns a terminal off.</summary>
internal sealed class TerminalPages(IBureau bureau, Enrolment enrolment, AuditedKeys audited, KeyRegister register, AccessCheck access, IAntiforgery forms)
{
    private static readonly ImmutableArray<KeyAlgorithm> Signing = [KeyAlgorithm.HmacSha256, KeyAlgorithm.Es256];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/terminals", (HttpContext http, TerminalPages pages) => pages.ShowAsync(http)).PageDemands(Permission.ManageKeys).ExcludeFromDescription();
        app.MapPost("/terminals/codes", (HttpContext http, TerminalPages pages) => pages.IssueAsync(http)).PageDemands(Permission.ManageKeys).ExcludeFromDescription();
        app.MapPost("/terminals/revoke", (HttpContext http, TerminalPages pages) => pages.RevokeAsync(http)).PageDemands(Permission.ManageKeys).ExcludeFromDescription();
        app.MapPost("/terminals/codes/revoke", (HttpContext http, TerminalPages pages) => pages.RevokeCodeAsync(http)).PageDemands(Permission.ManageKeys).ExcludeFromDescription();
    }

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        await bureau.RefreshAsync();
        return Page(http, new TerminalsPageModel());
    }

    private async Task<IResult> IssueAsync(HttpContext http)
    {
        var (words, scope) = (PageWords.For(http.Request), http.GetCaller().ScopeHere);
        if ((await Forms.ReadAsync(http, forms)).Form is not { } form)
            return Page(http, new TerminalsPageModel { Error = words["badForm"] });
        var asked = form["node"].ToString().Trim();
        if (await access.FindAsync(asked, scope) is not { } node)
            return Page(http, new TerminalsPageModel { Node = asked, Error = Problem.TitleOf(new Refusal("node-unknown", "node", asked), words.Culture) });
        var algorithms = form["plain"] == "on" ? Signing.Add(KeyAlgorithm.Plain) : Signing;
        var actor = ActorOf(http);
        var drawn = form["every"] == "on"
            ? await enrolment.IssueForWindowsAsync(node.Id, algorithms, actor)
            : [await enrolment.IssueAsync(node.Id, null, algorithms, Enrolment.BatchLifetime, actor)];
        return Page(http, drawn.Count == 0
            ? new TerminalsPageModel { Node = asked, Error = words["terminals-no-window"] }
            : new TerminalsPageModel
            {
                Issued = [.. drawn.Select(code => new IssuedCode(
                    code.Code.Id, code.Letters, code.Code.Scope.Value, register.PathOf(code.Code.Scope, scope), null, [],
                    DateTimeOffset.FromUnixTimeMilliseconds(code.Code.Expires)))],
            });
    }

    private async Task<IResult> RevokeAsync(HttpContext http)
    {
        var (words, scope) = (PageWords.For(http.Request), http.GetCaller().ScopeHere);
        if ((await Forms.ReadAsync(http, forms)).Form is not { } form)
            return Page(http, new TerminalsPageModel { Error = words["badForm"] });
        var terminal = form["terminal"].ToString();
        if (await register.FindTerminalAsync(terminal, scope) is not { } key)
            return Page(http, new TerminalsPageModel { Error = Problem.TitleOf(new Refusal("terminal-unknown", "terminal", terminal), words.Culture) });
        await audited.RevokeTerminalAsync(terminal, key.Scope, ActorOf(http));
        return Page(http, new TerminalsPageModel { Done = words.Say("terminals-revoked", terminal) });
    }

    private async Task<IResult> RevokeCodeAsync(HttpContext http)
    {
        var words = PageWords.For(http.Request);
        if ((await Forms.ReadAsync(http, forms)).Form is not { } form)
            return Page(http, new TerminalsPageModel { Error = words["badForm"] });
        var id = form["enrolmentCode"].ToString();
        if (await register.FindCodeAsync(id, http.GetCaller().ScopeHere) is not { } code)
            return Page(http, new TerminalsPageModel { Error = Problem.TitleOf(new Refusal("enrolment-code-unknown", "enrolmentCode", id), words.Culture) });
        await audited.RevokeCodeAsync(code, ActorOf(http));
        return Page(http, new TerminalsPageModel { Done = words.Say("terminals-code-revoked", id) });
    }

    private IResult Page(HttpContext http, TerminalsPageModel model)
    {
        var parameters = Pages.FrameFor(http, forms);
        parameters.Remove("Address");
        parameters["Model"] = model with { List = register.Terminals(http.GetCaller().ScopeHere) };
        return http.Page<TerminalsPage>(model.Error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, parameters);
    }

    private static KeyActor ActorOf(HttpContext http) => new(http.GetCaller().Caller.Name, CallerAddress.Of(http));
}
