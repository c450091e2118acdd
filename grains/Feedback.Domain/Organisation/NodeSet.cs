using System.Collections.Immutable;

namespace Feedback.Domain.Organisation;

/// <summary>Some nodes, each once and ascending. Sets of the same nodes are equal.</summary>
public readonly record struct NodeSet
{
    // One text, so that equality is that of what is in it; null where there is none.
    private readonly string? _text;

    private NodeSet(string? text) => _text = text;

    /// <summary>The nodes.</summary>
    public ImmutableArray<NodeId> Nodes => _text is null ? [] : [.. _text.Split(' ').Select(id => new NodeId(id))];

    /// <summary>The set of some nodes, in whatever order they come.</summary>
    public static NodeSet Of(IEnumerable<NodeId> nodes) => new(string.Join(' ', nodes.Distinct().Order()) is { Length: > 0 } text ? text : null);

    /// <summary>Reads ids with a space between each two, in whatever order; null and the empty text hold none.</summary>
    public static NodeSet Read(string? text) => Of((text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => new NodeId(id)));

    /// <summary>The ids with a space between each two.</summary>
    public override string ToString() => _text ?? "";
}
