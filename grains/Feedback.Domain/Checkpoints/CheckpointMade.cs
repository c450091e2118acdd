using Feedback.Domain.Journal;

namespace Feedback.Domain.Checkpoints;

/// <summary>A checkpoint was made. Its file outside the database holds the bytes of this very event.</summary>
public sealed record CheckpointMade : JournalEvent
{
    /// <summary>The checkpoint; see <see cref="CheckpointText"/>. These bytes in UTF-8 are what is signed.</summary>
    public required string Text { get; init; }

    /// <summary>ECDSA on P-256 with SHA-256 over the text, in DER, in base64.</summary>
    public required string Signature { get; init; }
}

/// <summary>The stored text of checkpoints' events.</summary>
internal static class CheckpointTexts
{
    public static readonly EventKind[] Kinds =
    [
        EventKind.Of<CheckpointMade>("checkpoint.made", 1,
            (text, e) => text.Member("text"u8, e.Text).Member("signature"u8, e.Signature),
            (text, salt) => new CheckpointMade { Salt = salt, Text = text.Text("text"), Signature = text.Text("signature") }),
    ];
}
