using System.Collections.Immutable;

namespace Feedback.Domain.Organisation;

/// <summary>Where something is allowed: at or below some nodes, everywhere, or nowhere.</summary>
public sealed record NodeScope
{
    /// <summary>Everywhere, and before there is any node, too.</summary>
    public static readonly NodeScope Everywhere = new() { IsEverywhere = true };

    /// <summary>Nowhere.</summary>
    public static readonly NodeScope Nowhere = new();

    private NodeScope()
    {
    }

    /// <summary>Whether it is everything.</summary>
    public bool IsEverywhere { get; private init; }

    /// <summary>The nodes at or below which it is; none when it is everywhere.</summary>
    public ImmutableArray<NodeId> Tops { get; private init; } = [];

    /// <summary>Whether it is nothing.</summary>
    public bool IsNowhere => !IsEverywhere && Tops.IsEmpty;

    /// <summary>At or below one node.</summary>
    public static NodeScope At(NodeId node) => new() { Tops = [node] };

    /// <summary>At or below any of some nodes; null stands for everywhere.</summary>
    public static NodeScope Of(IEnumerable<NodeId?> nodes)
    {
        var tops = ImmutableArray.CreateBuilder<NodeId>();
        foreach (var node in nodes)
        {
            if (node is not { } top)
                return Everywhere;
            if (!tops.Contains(top))
                tops.Add(top);
        }

        return new NodeScope { Tops = tops.ToImmutable() };
    }

    /// <summary>Whether a node is within it on a local day.</summary>
    public bool Covers(OrganisationTree tree, NodeId node, DateOnly day)
    {
        if (IsEverywhere)
            return true;
        foreach (var top in Tops)
        {
            if (tree.IsAtOrBelow(node, top, day))
                return true;
        }

        return false;
    }
}
