using Feedback.Domain.Organisation;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Access;

/// <summary>
/// Finds nodes for those who may see them. One that lies outside of a caller's scope looks like one that does not exist.
/// </summary>
public sealed class AccessCheck(IBureau bureau, TimeProvider clock)
{
    /// <summary>Finds a node by id or path within a scope, today.</summary>
    public async ValueTask<Node?> FindAsync(string idOrPath, NodeScope scope) =>
        Find(bureau.Current.Tree, idOrPath, scope) ?? Find((await bureau.RefreshAsync()).Tree, idOrPath, scope);

    /// <summary>Finds a window by id or path within a scope, as far as this silo knows; null when there is none.</summary>
    public NodeId? FindWindow(string idOrPath, NodeScope scope) =>
        Find(bureau.Current.Tree, idOrPath, scope) is { Kind: NodeKind.Window } window ? window.Id : null;

    /// <summary>The organisation as it may be known within a scope now.</summary>
    public ReaderView ViewOf(NodeScope scope) => new(bureau.Current.Tree, scope, clock.GetUtcNow());

    // A path may begin at the root, or as readers of the scope are told it.
    private Node? Find(OrganisationTree tree, string idOrPath, NodeScope scope)
    {
        var view = new ReaderView(tree, scope, clock.GetUtcNow());
        return tree.Find(idOrPath) is { } node && view.Sees(node) ? node : view.FindByPath(idOrPath);
    }
}
