using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Intake;
using Feedback.Api.Problems;
using Feedback.Domain.Organisation;
using Feedback.Grains.Keys;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Terminals;

/// <summary>What terminals and their administrators ask for about keys.</summary>
internal sealed class TerminalEndpoints(Enrolment enrolment, AuditedKeys audited, KeyRegister register, AccessCheck access, IBureau bureau, TimeProvider clock)
{
    public Task EnrolAsync(HttpContext http) => AnswerAsync(http, async () =>
    {
        var (code, material) = await RequestBody.ReadAsync(http.Request, TerminalBodies.Enrolment);
        var (key, refusal) = await enrolment.EnrolAsync(code, material, CallerAddress.Of(http));
        return key is null ? throw new RefusedException(refusal!) : EnrolledTerminal.Of(key, material.DrawnSecret);
    });

    public Task RenewAsync(HttpContext http) => AnswerAsync(http, async () =>
    {
        var material = await RequestBody.ReadAsync(http.Request, TerminalBodies.Renewal);
        var (key, refusal) = await enrolment.RenewAsync(http.GetCaller().Caller.Key!, material, ActorOf(http));
        return key is null ? throw new RefusedException(refusal!) : EnrolledTerminal.Of(key, null);
    });

    public Task ListAsync(HttpContext http) => AnswerAsync(http, async () =>
    {
        await bureau.RefreshAsync();
        return register.Terminals(http.GetCaller().ScopeHere);
    });

    public Task IssueCodesAsync(HttpContext http) => AnswerAsync(http, async () =>
    {
        var scope = http.GetCaller().ScopeHere;
        var asked = await RequestBody.ReadAsync(http.Request, TerminalBodies.Codes);
        var node = asked.Terminal is null ? (await FindNodeAsync(asked.Node!, scope)).Id : (await FindTerminalAsync(asked.Terminal, scope)).Scope;
        var drawn = asked.EveryWindow
            ? await enrolment.IssueForWindowsAsync(node, asked.Algorithms, ActorOf(http))
            : [await enrolment.IssueAsync(node, asked.Terminal, asked.Algorithms, asked.Lifetime, ActorOf(http))];
        return new IssuedCodes([.. drawn.Select(code => IssuedCode.Of(code, register.PathOf(code.Code.Scope, scope)))]);
    });

    public Task RevokeTerminalAsync(HttpContext http, string terminal) => AnswerAsync(http, async () =>
    {
        var key = await FindTerminalAsync(terminal, http.GetCaller().ScopeHere);
        return new RevokedTerminal(terminal, await audited.RevokeTerminalAsync(terminal, key.Scope, ActorOf(http)));
    });

    public Task RevokeCodeAsync(HttpContext http, string code) => AnswerAsync(http, async () =>
    {
        var known = await register.FindCodeAsync(code, http.GetCaller().ScopeHere) ?? throw Members.Refuse("enrolment-code-unknown", "enrolmentCode", code);
        await audited.RevokeCodeAsync(known, ActorOf(http));
        return new RevokedCode(code);
    });

    public Task ListTokensAsync(HttpContext http) => AnswerAsync(http, async () =>
    {
        await bureau.RefreshAsync();
        return register.Tokens(http.GetCaller().ScopeHere);
    });

    public Task IssueTokenAsync(HttpContext http) => AnswerAsync(http, async () =>
    {
        var scope = http.GetCaller().ScopeHere;
        var now = clock.GetUtcNow();
        var asked = await RequestBody.ReadAsync(http.Request, body => TerminalBodies.Token(body, now));
        var node = await FindNodeAsync(asked.Node, scope);
        var (token, secret) = await audited.IssueTokenAsync(node.Id, asked.Permissions, asked.Expires, ActorOf(http));
        return new IssuedToken(TokenView.Of(token, register.PathOf(node.Id, scope), now.ToUnixTimeMilliseconds()), secret);
    });

    public Task RevokeKeyAsync(HttpContext http, string key) => AnswerAsync(http, async () =>
    {
        var scope = http.GetCaller().ScopeHere;
        var known = await register.FindKeyAsync(key, scope) ?? throw Members.Refuse("key-unknown", "key", key);
        await audited.RevokeAsync(known, ActorOf(http));
        return KeyView.Of((await register.FindKeyAsync(key, scope))!, clock.GetUtcNow().ToUnixTimeMilliseconds());
    });

    /// <summary>Who asks, as the audit trail tells it.</summary>
    public static KeyActor ActorOf(HttpContext http) => new(http.GetCaller().Caller.Name, CallerAddress.Of(http));

    private async Task<Node> FindNodeAsync(string idOrPath, NodeScope scope) =>
        await access.FindAsync(idOrPath, scope) ?? throw Members.Refuse("node-unknown", "node", idOrPath);

    private async Task<Domain.Keys.IssuedKey> FindTerminalAsync(string terminal, NodeScope scope) =>
        await register.FindTerminalAsync(terminal, scope) ?? throw Members.Refuse("terminal-unknown", "terminal", terminal);

    private static async Task AnswerAsync<T>(HttpContext http, Func<Task<T>> answer)
    {
        try
        {
            var written = await answer();
            // Some answers hold what is told once.
            http.Response.Headers.CacheControl = "no-store";
            await http.Response.WriteAsJsonAsync(written, ApiJson.Options, http.RequestAborted);
        }
        catch (RefusedException e)
        {
            await Problem.WriteAsync(http, e.Refusal);
        }
        catch (KeyRefusedException e)
        {
            await Problem.WriteAsync(http, e.Refusal);
        }
        catch (Grains.Journal.JournalBusyException e)
        {
            await Problem.WriteAsync(http, e.Refusal);
        }
    }
}
