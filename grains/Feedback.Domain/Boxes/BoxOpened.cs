using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Boxes;

/// <summary>意见箱开启: the suggestion box of a node was opened. Kept on <see cref="StreamName.Box"/>; what the papers say is filed as cases.</summary>
public sealed record BoxOpened : JournalEvent
{
    /// <summary>The node where the box hangs.</summary>
    public required NodeId Node { get; init; }

    /// <summary>When it was opened, milliseconds UTC.</summary>
    public required long At { get; init; }

    /// <summary>How many papers were in it, 0 or more.</summary>
    public required int Found { get; init; }

    /// <summary>Who says so, as the audit trail names them.</summary>
    public required string By { get; init; }

    /// <summary>The second person who was there, named in the same way; null where none was named.</summary>
    public string? With { get; init; }
}

/// <summary>The stored text of the openings of boxes.</summary>
internal static class BoxTexts
{
    public static readonly EventKind[] Kinds =
    [
        EventKind.Of<BoxOpened>("box.opened", 1,
            (text, e) => text.Member("node"u8, e.Node.Value).Member("at"u8, e.At).Member("found"u8, e.Found).Member("by"u8, e.By).Member("with"u8, e.With),
            (text, salt) => new BoxOpened
            {
                Salt = salt, Node = text.Node("node"), At = text.Number("at"), Found = (int)text.Number("found"), By = text.Text("by"), With = text.TextOrNull("with"),
            }),
    ];
}
