using Feedback.Domain.Evaluations;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Access;

/// <summary>
/// The one place that decides who may push and who may read. Terminals prove themselves by <c>X-Device-Key</c>,
/// readers by <c>Authorization: Bearer</c> or by the session of an account; each is good at or below one node.
/// </summary>
public sealed class AccessCheck(IBureau bureau, TimeProvider clock)
{
    /// <summary>The header with a device key.</summary>
    public const string DeviceKeyHeader = "X-Device-Key";

    private const string Bearer = "Bearer ";

    /// <summary>The key that a request proves, or why it is refused.</summary>
    /// <param name="request">The request.</param>
    /// <param name="purpose">What the key must be for.</param>
    public async ValueTask<(IssuedKey? Key, Refusal? Refusal)> CheckAsync(HttpRequest request, KeyPurpose purpose)
    {
        var secret = purpose == KeyPurpose.Device ? request.Headers[DeviceKeyHeader].ToString() : BearerOf(request);
        if (string.IsNullOrEmpty(secret))
            return (null, new Refusal("key-missing"));
        // A key may have been issued on another silo a moment ago: look once more before refusing it.
        var key = bureau.Current.Keys.Find(secret) ?? (await bureau.RefreshAsync()).Keys.Find(secret);
        return key is { Revoked: false } && key.Purpose == purpose ? (key, null) : (null, new Refusal("key-invalid"));
    }

    /// <summary>Who may read by a request: its token's holder, else, where there is no token, whoever signed in; or why nobody may.</summary>
    public async ValueTask<(Reader? Reader, Refusal? Refusal)> CheckReaderAsync(HttpRequest request)
    {
        if (request.Headers.Authorization.Count == 0 && await Sessions.FindAsync(request.HttpContext) is { } account)
            return (new Reader(account.Scope, account), null);
        var (key, refusal) = await CheckAsync(request, KeyPurpose.Read);
        return (key is null ? null : new Reader(key.Scope, null), refusal);
    }

    /// <summary>Finds a node by id or path within a reader's scope, today. One that is foreign looks like one that does not exist.</summary>
    public async ValueTask<Node?> FindAsync(string idOrPath, Reader reader) =>
        Find(bureau.Current.Tree, idOrPath, reader.Scope) ?? Find((await bureau.RefreshAsync()).Tree, idOrPath, reader.Scope);

    /// <summary>Whether a node is within a reader's scope on a day.</summary>
    public static bool MayRead(OrganisationTree tree, NodeId node, Reader reader, DateOnly day) =>
        reader.Scope is not { } scope || tree.IsAtOrBelow(node, scope, day);

    /// <summary>
    /// Finds a node by id or path within a key's scope, today. One that is foreign looks like one that does not exist.
    /// </summary>
    public async ValueTask<Node?> FindAsync(string idOrPath, IssuedKey key) =>
        Find(bureau.Current.Tree, idOrPath, key.Scope) ?? Find((await bureau.RefreshAsync()).Tree, idOrPath, key.Scope);

    /// <summary>Finds a window by id or path within a key's scope, as far as this silo knows; null when there is none.</summary>
    public NodeId? FindWindow(string idOrPath, IssuedKey key) =>
        Find(bureau.Current.Tree, idOrPath, key.Scope) is { Kind: NodeKind.Window } window ? window.Id : null;

    /// <summary>The organisation as a reader may know it now.</summary>
    internal ReaderView ViewOf(Reader reader) => new(bureau.Current.Tree, reader.Scope, clock.GetUtcNow());

    // A path may begin at the root, or as readers of the scope are told it.
    private Node? Find(OrganisationTree tree, string idOrPath, NodeId? scope)
    {
        var view = new ReaderView(tree, scope, clock.GetUtcNow());
        return tree.Find(idOrPath) is { } node && view.Sees(node) ? node : view.FindByPath(idOrPath);
    }

    private static string? BearerOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? header[Bearer.Length..].Trim()
            : null;
}
