using Feedback.Domain.Organisation;

namespace Feedback.Seeds.Organisation;

/// <summary>Nodes that one append opens, each checked against the tree that the ones before it leave.</summary>
/// <param name="tree">The organisation so far.</param>
internal sealed class Openings(OrganisationTree tree)
{
    private readonly List<NodeOpened> _events = [];

    /// <summary>The organisation with what was opened.</summary>
    public OrganisationTree Tree { get; private set; } = tree;

    /// <summary>What is to be appended.</summary>
    public IReadOnlyList<NodeOpened> Events => _events;

    /// <summary>Opens a node.</summary>
    /// <exception cref="SeedRefusedException">The organisation's rules forbid it.</exception>
    public NodeId Open(NodeKind kind, NodeId? parent, NodeName name, string zone, string? openingHours = null)
    {
        var opened = new NodeOpened
        {
            Salt = Salts.New(),
            Node = Tree.NextId,
            Kind = kind,
            Parent = parent,
            Code = name.Code,
            Zh = name.Zh,
            En = name.En,
            Zone = zone,
            OpeningHours = openingHours,
        };
        if (OrganisationRules.MayOpen(Tree, opened) is { } refusal)
            throw new SeedRefusedException(refusal);
        _events.Add(opened);
        Tree = Tree.Apply(opened);
        return opened.Node;
    }
}
