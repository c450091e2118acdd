using System.Globalization;

namespace Feedback.Domain.Organisation;

/// <summary>
/// The immutable id of a node, never reused: <c>n</c> and a number in decimal, such as <c>n12</c>. The prefix
/// letter lies outside 0–9a–f because ADO.NET grain storage reads hexadecimal-looking keys as integers.
/// </summary>
/// <param name="Value">The text.</param>
public readonly record struct NodeId(string Value) : IComparable<NodeId>
{
    /// <summary>The id of the n-th node ever opened, counting from 1.</summary>
    public static NodeId Numbered(int number) => new("n" + number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Whether a text has the shape of a node id.</summary>
    public static bool IsId(string text) =>
        text.Length is >= 2 and <= 11 && text[0] == 'n' && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <inheritdoc/>
    public int CompareTo(NodeId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>What a node is. Counts flow from windows to the root, through any depth.</summary>
public enum NodeKind
{
    /// <summary>A region: 区域.</summary>
    Region = 1,

    /// <summary>A district bureau: 区县局.</summary>
    District,

    /// <summary>A unit below the bureau: 单位.</summary>
    Unit,

    /// <summary>A hall, whose zone cuts the days of all its windows: 大厅.</summary>
    Hall,

    /// <summary>A team, at a desk or on the road: 班组.</summary>
    Team,

    /// <summary>A window, the only kind that has events of its own: 窗口.</summary>
    Window,
}
