using Feedback.Domain.Organisation;

namespace Feedback.Api.Access;

/// <summary>
/// The organisation as a reader may know it: the nodes that lie within the scope today, each by its own local day, and nothing
/// of what lies above the scope.
/// </summary>
/// <param name="Tree">The organisation.</param>
/// <param name="Scope">The node at or below which the reader sees; null for everything.</param>
/// <param name="Now">The time.</param>
internal sealed record ReaderView(OrganisationTree Tree, NodeId? Scope, DateTimeOffset Now)
{
    /// <summary>The nodes within the scope.</summary>
    public IEnumerable<Node> Nodes => Tree.Nodes.Where(Sees);

    /// <summary>Whether a node is within the scope.</summary>
    public bool Sees(Node node) => Scope is not { } scope || Tree.IsAtOrBelow(node.Id, scope, TodayAt(node));

    /// <summary>The node's local day.</summary>
    public DateOnly TodayAt(Node node) => node.Zone.LocalTime(Now.ToUnixTimeMilliseconds()).Day;

    /// <summary>The parent of a node; null at a root, at the scope's own node, and for a node that left the scope.</summary>
    public NodeId? ParentOf(Node node) => node.Id != Scope && Sees(node) ? node.ParentOn(TodayAt(node)) : null;

    /// <summary>The path of a node from the scope's own node on; the code alone of a node that left the scope.</summary>
    public string PathOf(Node node)
    {
        var line = Sees(node) ? Tree.LineOn(node.Id, TodayAt(node)).ToList() : [node];
        var top = line.FindIndex(above => above.Id == Scope);
        return string.Join('/', line.Take(top < 0 ? line.Count : top + 1).Reverse().Select(step => step.Name.Code));
    }

    /// <summary>Finds a node within the scope by such a path.</summary>
    public Node? FindByPath(string path)
    {
        var codes = path.Split('/');
        var node = (Scope ?? Tree.At(null, codes[0])) is { } top ? Tree.Find(top) : null;
        if (node?.Name.Code != codes[0])
            return null;
        foreach (var code in codes.Skip(1))
            node = node is null ? null : Tree.EverUnder(node.Id).FirstOrDefault(below => below.Name.Code == code && below.ParentOn(TodayAt(below)) == node.Id);
        return node;
    }
}
