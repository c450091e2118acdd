using Feedback.Domain.Organisation;

namespace Feedback.Api.Access;

/// <summary>
/// The organisation as a reader may know it: the nodes that lie within the scope today, each by its own local day, and nothing
/// of what lies above the scope.
/// </summary>
/// <param name="Tree">The organisation.</param>
/// <param name="Scope">Where the reader sees.</param>
/// <param name="Now">The time.</param>
public sealed record ReaderView(OrganisationTree Tree, NodeScope Scope, DateTimeOffset Now)
{
    /// <summary>The nodes within the scope.</summary>
    public IEnumerable<Node> Nodes => Tree.Nodes.Where(Sees);

    /// <summary>The nodes at which what the reader sees begins.</summary>
    public IEnumerable<Node> Tops => Scope.IsEverywhere
        ? Tree.Nodes.Where(node => node.ParentOn(DateOnly.MaxValue) is null)
        : Scope.Tops.Select(Tree.Find).OfType<Node>().Where(top => ParentOf(top) is null);

    /// <summary>Whether a node is within the scope.</summary>
    public bool Sees(Node node) => Scope.Covers(Tree, node.Id, TodayAt(node));

    /// <summary>The node's local day.</summary>
    public DateOnly TodayAt(Node node) => node.Zone.LocalTime(Now.ToUnixTimeMilliseconds()).Day;

    /// <summary>The parent of a node; null where the reader does not see it, and for a node that left the scope.</summary>
    public NodeId? ParentOf(Node node) =>
        Sees(node) && node.ParentOn(TodayAt(node)) is { } parent && Scope.Covers(Tree, parent, TodayAt(node)) ? parent : null;

    /// <summary>The path of a node from the topmost node that the reader sees; the code alone of a node that left the scope.</summary>
    public string PathOf(Node node)
    {
        var day = TodayAt(node);
        var line = Sees(node) ? Tree.LineOn(node.Id, day).TakeWhile(step => Scope.Covers(Tree, step.Id, day)) : [node];
        return string.Join('/', line.Reverse().Select(step => step.Name.Code));
    }

    /// <summary>Finds a node within the scope by such a path.</summary>
    public Node? FindByPath(string path)
    {
        var codes = path.Split('/');
        if (Scope.IsEverywhere)
            return Tree.At(null, codes[0]) is { } root ? Below(Tree.Find(root), codes) : null;
        return Scope.Tops.Select(top => Below(Tree.Find(top), codes)).OfType<Node>().FirstOrDefault();
    }

    private Node? Below(Node? node, string[] codes)
    {
        if (node?.Name.Code != codes[0])
            return null;
        foreach (var code in codes.Skip(1))
            node = node is null ? null : Tree.EverUnder(node.Id).FirstOrDefault(below => below.Name.Code == code && below.ParentOn(TodayAt(below)) == node.Id);
        return node;
    }
}
