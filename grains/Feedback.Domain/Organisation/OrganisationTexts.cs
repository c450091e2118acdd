using Feedback.Domain.Journal;

namespace Feedback.Domain.Organisation;

/// <summary>The stored text of the organisation's events.</summary>
public static class OrganisationTexts
{
    private static readonly string[] KindWords = ["region", "district", "unit", "hall", "team", "window"];

    /// <summary>The stable word of a kind of node.</summary>
    public static string Word(this NodeKind kind) => KindWords[(int)kind - 1];

    /// <summary>The kind of that word, or null.</summary>
    public static NodeKind? KindOf(string word) => Array.IndexOf(KindWords, word) is >= 0 and var index ? (NodeKind)(index + 1) : null;

    internal static readonly EventKind[] Kinds =
    [
        EventKind.Of<NodeOpened>("node.opened", 1,
            (text, e) => text
                .Member("node"u8, e.Node.Value).Member("nodeKind"u8, e.Kind.Word()).Member("parent"u8, e.Parent?.Value)
                .Member("code"u8, e.Code).Member("zh"u8, e.Zh).Member("en"u8, e.En)
                .Member("zone"u8, e.Zone).Member("openingHours"u8, e.OpeningHours),
            (text, salt) => new NodeOpened
            {
                Salt = salt, Node = text.Node("node"),
                Kind = KindOf(text.Text("nodeKind")) ?? throw new FormatException("Member 'nodeKind' is not a known word."),
                Parent = text.TextOrNull("parent") is { } parent ? new NodeId(parent) : null,
                Code = text.Text("code"), Zh = text.Text("zh"), En = text.Text("en"),
                Zone = text.Text("zone"), OpeningHours = text.TextOrNull("openingHours"),
            }),
        EventKind.Of<NodeMoved>("node.moved", 1,
            (text, e) => text.Member("node"u8, e.Node.Value).Member("parent"u8, e.Parent.Value).Member("from"u8, e.From.DayText()),
            (text, salt) => new NodeMoved { Salt = salt, Node = text.Node("node"), Parent = text.Node("parent"), From = text.Day("from") }),
        EventKind.Of<NodeRenamed>("node.renamed", 1,
            (text, e) => text
                .Member("node"u8, e.Node.Value).Member("code"u8, e.Code).Member("zh"u8, e.Zh).Member("en"u8, e.En)
                .Member("from"u8, e.From.DayText()),
            (text, salt) => new NodeRenamed
            {
                Salt = salt, Node = text.Node("node"), Code = text.Text("code"), Zh = text.Text("zh"), En = text.Text("en"),
                From = text.Day("from"),
            }),
    ];
}
