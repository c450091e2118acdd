using Feedback.Api.Access;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Terminals;

/// <summary>Terminals, codes and tokens as an administrator of a scope may know them: what lies outside of it does not exist.</summary>
public sealed class KeyRegister(IBureau bureau, AccessCheck access, TimeProvider clock)
{
    /// <summary>The terminals and open codes within a scope.</summary>
    public TerminalList Terminals(NodeScope scope)
    {
        var (keys, view, now) = Open(scope);
        var terminals = keys.Keys.Where(key => key.Terminal is not null)
            .GroupBy(key => key.Terminal!)
            .Select(group => (Terminal: group.Key, Keys: group.ToList()))
            .Where(one => NodeWithin(view, one.Keys[^1].Scope) is not null)
            .Select(one => new TerminalView(
                one.Terminal, one.Keys[^1].Scope.Value, PathOf(view, one.Keys[^1].Scope), [.. one.Keys.Select(key => KeyView.Of(key, now))]));
        var codes = keys.Codes.Where(code => code.IsOpenAt(now) && NodeWithin(view, code.Scope) is not null)
            .Select(code => new OpenCode(code.Id, code.Scope.Value, PathOf(view, code.Scope), code.Terminal, KeyView.Time(code.Expires)!.Value));
        return new TerminalList([.. terminals], [.. codes]);
    }

    /// <summary>The tokens within a scope.</summary>
    public TokenList Tokens(NodeScope scope)
    {
        var (keys, view, now) = Open(scope);
        return new TokenList(
        [
            .. keys.Keys.Where(key => key.Purpose == KeyPurpose.Read && NodeWithin(view, key.Scope) is not null)
                .Select(key => TokenView.Of(key, PathOf(view, key.Scope), now)),
        ]);
    }

    /// <summary>A key or token within a scope; null when there is none.</summary>
    public async Task<IssuedKey?> FindKeyAsync(string id, NodeScope scope) =>
        (await bureau.RefreshAsync()).Keys.FindById(id) is { } key && NodeWithin(access.ViewOf(scope), key.Scope) is not null ? key : null;

    /// <summary>The newest key of a terminal within a scope; null when there is no such terminal.</summary>
    public async Task<IssuedKey?> FindTerminalAsync(string terminal, NodeScope scope) =>
        (await bureau.RefreshAsync()).Keys.OfTerminal(terminal).LastOrDefault() is { } key && NodeWithin(access.ViewOf(scope), key.Scope) is not null ? key : null;

    /// <summary>A one-time code within a scope, used or not; null when there is none.</summary>
    public async Task<EnrolmentCode?> FindCodeAsync(string id, NodeScope scope) =>
        (await bureau.RefreshAsync()).Keys.FindCodeById(id) is { } code && NodeWithin(access.ViewOf(scope), code.Scope) is not null ? code : null;

    /// <summary>The path of a node as those within a scope are told it.</summary>
    public string PathOf(NodeId node, NodeScope scope) => PathOf(access.ViewOf(scope), node);

    private (KeyRing Keys, ReaderView View, long Now) Open(NodeScope scope) =>
        (bureau.Current.Keys, access.ViewOf(scope), clock.GetUtcNow().ToUnixTimeMilliseconds());

    private static string PathOf(ReaderView view, NodeId node) => view.Tree.Find(node) is { } known ? view.PathOf(known) : "";

    private static Node? NodeWithin(ReaderView view, NodeId node) => view.Tree.Find(node) is { } known && view.Sees(known) ? known : null;
}
