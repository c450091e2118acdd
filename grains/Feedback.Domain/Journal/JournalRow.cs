using System.Text.Json;

namespace Feedback.Domain.Journal;

/// <summary>One append to a stream: the row that the journal keeps, whole and for good.</summary>
/// <param name="Version">The version of the first event in the row; versions of a stream start at 1 and have no gaps.</param>
/// <param name="Count">How many events the row holds, at least one.</param>
/// <param name="At">Milliseconds UTC, never smaller than in the row before; an event's own received time is the true clock.</param>
/// <param name="Events">A JSON array in UTF-8; the bytes of each element are what was hashed.</param>
/// <param name="Digest">The chain's digest after the last event of the row.</param>
public sealed record JournalRow(long Version, int Count, long At, ReadOnlyMemory<byte> Events, Digest Digest)
{
    /// <summary>The version of the last event in the row.</summary>
    public long LastVersion => Version + Count - 1;

    /// <summary>The bytes of each event, in order.</summary>
    /// <exception cref="JsonException">The text is not a JSON array.</exception>
    public IReadOnlyList<ReadOnlyMemory<byte>> Elements()
    {
        var elements = new List<ReadOnlyMemory<byte>>(Math.Clamp(Count, 0, Events.Length));
        var reader = new Utf8JsonReader(Events.Span);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("A journal row holds a JSON array of events.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            elements.Add(Events[start..(int)reader.BytesConsumed]);
        }

        return elements;
    }

    /// <summary>Joins the bytes of events to the array that a row keeps.</summary>
    public static byte[] Join(IReadOnlyList<byte[]> elements)
    {
        var joined = new byte[1 + elements.Count + elements.Sum(element => element.Length)];
        joined[0] = (byte)'[';
        var position = 1;
        foreach (var element in elements)
        {
            element.CopyTo(joined, position);
            position += element.Length;
            joined[position++] = (byte)',';
        }

        joined[^1] = (byte)']';
        return joined;
    }
}
