using System.Text.Json;
using Feedback.Domain.Journal;

namespace Feedback.Domain.Checkpoints;

/// <summary>
/// The text of checkpoints, as it is signed and kept:
/// <c>{"v":1,"number":…,"at":…,"generation":…,"previous":…,"streams":[[name,version,digest,rows],…]}</c>;
/// after a restore it is <c>"v":2</c>, with <c>"former":…</c> behind the generation.
/// </summary>
public static class CheckpointText
{
    /// <summary>The bytes of a checkpoint.</summary>
    public static byte[] Write(Checkpoint checkpoint)
    {
        var text = new CanonicalWriter();
        text.BeginObject().Member("v"u8, checkpoint.Former is null ? 1 : 2).Member("number"u8, checkpoint.Number).Member("at"u8, checkpoint.At)
            .Member("generation"u8, checkpoint.Generation);
        if (checkpoint.Former is { } former)
            text.Member("former"u8, former);
        text.Member("previous"u8, checkpoint.Previous).BeginArray("streams"u8);
        foreach (var (stream, version, digest, rows) in checkpoint.Streams)
            text.BeginArray().Value(stream.Value).Value(version).Value(digest.ToString()).Value(rows.ToString()).EndArray();
        return text.EndArray().EndObject().Written.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The text is something else, or written in another way.</exception>
    public static Checkpoint Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var checkpoint = EventReading.Whole(document.RootElement, root => root.Number("v") is 1 or 2
                ? new Checkpoint(root.Number("number"), root.Number("at"), root.Text("generation"), root.TextOrNull("previous"),
                    [.. root.GetProperty("streams").EnumerateArray().Select(ReadStream)])
                { Former = root.Number("v") == 2 ? root.Text("former") : null }
                : throw new FormatException("The checkpoint is of another version."));
            return text.Span.SequenceEqual(Write(checkpoint)) ? checkpoint : throw new FormatException("The checkpoint is not written as checkpoints are.");
        }
        catch (JsonException e)
        {
            throw new FormatException("The checkpoint is not JSON.", e);
        }
    }

    private static CheckedStream ReadStream(JsonElement stream) => new(
        new StreamName(stream[0].GetString()!), stream[1].GetInt64(), Digest.Parse(stream[2].GetString()!), Opaque.Parse(stream[3].GetString()!));
}
