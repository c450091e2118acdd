using System.Collections.Immutable;
using Feedback.Domain.Journal;
using Feedback.Domain.Time;

namespace Feedback.Domain.Organisation;

/// <summary>
/// The organisation as the <c>org</c> stream tells it: an immutable fold that every silo holds whole.
/// Which node lies under which is asked for a day, because moves take effect at a midnight.
/// </summary>
public sealed class OrganisationTree
{
    /// <summary>Before the first event.</summary>
    public static readonly OrganisationTree Empty = new(
        0, ImmutableDictionary<NodeId, Node>.Empty, ImmutableDictionary<(NodeId?, string), NodeId>.Empty, []);

    private readonly ImmutableDictionary<NodeId, Node> _nodes;
    private readonly ImmutableDictionary<(NodeId? Parent, string Code), NodeId> _places;
    private readonly Lazy<ILookup<NodeId, Node>> _everUnder;
    private readonly Lazy<Dictionary<string, NodeId>> _byPath;

    private OrganisationTree(
        long version, ImmutableDictionary<NodeId, Node> nodes, ImmutableDictionary<(NodeId?, string), NodeId> places, ImmutableSortedSet<DateOnly> moveDays)
    {
        Version = version;
        _nodes = nodes;
        _places = places;
        MoveDays = moveDays;
        _everUnder = new(() => _nodes.Values
            .SelectMany(node => node.Parents.Where(parent => parent.Value is not null)
                .Select(parent => parent.Value!.Value).Distinct().Select(parent => (Parent: parent, Node: node)))
            .ToLookup(pair => pair.Parent, pair => pair.Node));
        _byPath = new(() => PathsOf(DateOnly.MaxValue));
    }

    /// <summary>The version of the last event folded.</summary>
    public long Version { get; }

    /// <summary>How many nodes there are.</summary>
    public int Count => _nodes.Count;

    /// <summary>All nodes in the order in which they were opened.</summary>
    public IEnumerable<Node> Nodes => _nodes.Values.OrderBy(node => node.Id.Value.Length).ThenBy(node => node.Id);

    /// <summary>The id that the next node gets.</summary>
    public NodeId NextId => NodeId.Numbered(_nodes.Count + 1);

    /// <summary>The days on which some node came, comes or will come under another parent.</summary>
    public ImmutableSortedSet<DateOnly> MoveDays { get; }

    /// <summary>Finds the node that has a code below a parent, as they are known last; null when the code is free there.</summary>
    /// <param name="parent">The parent; null for roots.</param>
    /// <param name="code">The code.</param>
    public NodeId? At(NodeId? parent, string code) => _places.TryGetValue((parent, code), out var node) ? node : null;

    /// <summary>Finds a node by id.</summary>
    public Node? Find(NodeId id) => _nodes.GetValueOrDefault(id);

    /// <summary>Finds a node by id or by today's path, such as <c>jiangyuan/hall-1/w-03</c>.</summary>
    public Node? Find(string idOrPath) =>
        NodeId.IsId(idOrPath) && Find(new NodeId(idOrPath)) is { } node ? node
        : _byPath.Value.TryGetValue(idOrPath, out var id) ? Find(id)
        : null;

    /// <summary>The path of a node as people write it today.</summary>
    public string PathOf(NodeId id)
    {
        var steps = new Stack<string>();
        for (var node = Find(id); node is not null; node = node.ParentOn(DateOnly.MaxValue) is { } parent ? Find(parent) : null)
            steps.Push(node.Name.Code);
        return string.Join('/', steps);
    }

    /// <summary>The nodes directly below a node on a day, in the order in which they were opened.</summary>
    public IEnumerable<Node> ChildrenOn(NodeId parent, DateOnly day) =>
        EverUnder(parent).Where(node => node.ParentOn(day) == parent);

    /// <summary>The nodes that were, are or will be directly below a node.</summary>
    public IEnumerable<Node> EverUnder(NodeId parent) =>
        _everUnder.Value[parent].OrderBy(node => node.Id.Value.Length).ThenBy(node => node.Id);

    /// <summary>The node itself and everything above it on a day, up to the root.</summary>
    public IEnumerable<Node> LineOn(NodeId id, DateOnly day)
    {
        for (var node = Find(id); node is not null; node = Above(node, day))
            yield return node;
    }

    private Node? Above(Node? node, DateOnly day) => node?.ParentOn(day) is { } parent ? Find(parent) : null;

    /// <summary>Whether a node is, on a day, at or below another.</summary>
    public bool IsAtOrBelow(NodeId node, NodeId scope, DateOnly day) => LineOn(node, day).Any(above => above.Id == scope);

    /// <summary>The hall of a window on a day: the nearest hall above it, or else its direct parent.</summary>
    /// <exception cref="InvalidOperationException">The window has nothing above it.</exception>
    public Node HallOf(NodeId window, DateOnly day)
    {
        Node? parent = null;
        // Asked for each evaluation: so without an iterator, and mostly the first node above is the answer.
        for (var above = Above(Find(window), day); above is not null; above = Above(above, day))
        {
            if (above.Kind == NodeKind.Hall)
                return above;
            parent ??= above;
        }

        return parent ?? throw new InvalidOperationException($"Window {window} has no parent.");
    }

    /// <summary>The tree after one more event.</summary>
    public OrganisationTree Apply(JournalEvent happened) => happened switch
    {
        NodeOpened opened => With(new Node(
            opened.Node, opened.Kind, HallZone.Get(opened.Zone), opened.OpeningHours,
            [new Effective<NodeId?>(DateOnly.MinValue, opened.Parent)],
            [new Effective<NodeName>(DateOnly.MinValue, new NodeName(opened.Code, opened.Zh, opened.En))])),
        NodeMoved moved => With(_nodes[moved.Node] with
        {
            Parents = Changed(_nodes[moved.Node].Parents, moved.From, (NodeId?)moved.Parent),
        }),
        NodeRenamed renamed => With(_nodes[renamed.Node] with
        {
            Names = Changed(_nodes[renamed.Node].Names, renamed.From, new NodeName(renamed.Code, renamed.Zh, renamed.En)),
        }),
        _ => throw new UnknownKindException(happened.GetType().Name, 0),
    };

    // A later decision about the same or an earlier day replaces what was planned from that day on.
    private static ImmutableArray<Effective<T>> Changed<T>(ImmutableArray<Effective<T>> values, DateOnly from, T value) =>
        [.. values.Where((known, index) => index == 0 || known.From < from), new Effective<T>(from, value)];

    private OrganisationTree With(Node node)
    {
        var places = _places;
        // The place is freed only by whom it belongs to: another node may have taken it before this one's move is known.
        if (_nodes.TryGetValue(node.Id, out var before) && places.GetValueOrDefault(PlaceOf(before)) == node.Id)
            places = places.Remove(PlaceOf(before));
        var moved = node.Parents[^1].From;
        return new(Version + 1, _nodes.SetItem(node.Id, node), places.SetItem(PlaceOf(node), node.Id), moved == DateOnly.MinValue ? MoveDays : MoveDays.Add(moved));
    }

    private static (NodeId?, string) PlaceOf(Node node) => (node.Parents[^1].Value, node.Name.Code);

    private Dictionary<string, NodeId> PathsOf(DateOnly day)
    {
        var paths = new Dictionary<string, NodeId>(StringComparer.Ordinal);
        foreach (var node in Nodes)
            paths.TryAdd(string.Join('/', LineOn(node.Id, day).Reverse().Select(step => step.NameOn(day).Code)), node.Id);
        return paths;
    }
}
