namespace Feedback.Domain.Journal;

/// <summary>Where a stream ends: what the next append builds on.</summary>
/// <param name="Version">The version of the last event; 0 before the first.</param>
/// <param name="Digest">The chain's digest after it.</param>
/// <param name="At">The time of the last row, milliseconds UTC.</param>
public readonly record struct StreamTail(long Version, Digest Digest, long At)
{
    /// <summary>The tail of a stream without events.</summary>
    public static StreamTail Of(StreamName stream) => new(0, Digest.Before(stream), 0);

    /// <summary>The row that appends events here.</summary>
    /// <param name="elements">The events' bytes, at least one.</param>
    /// <param name="now">Milliseconds UTC; where the clock went back, the row keeps the time of the one before.</param>
    /// <param name="digests">Takes the chain's digest after each event, for receipts; null when nobody asks.</param>
    public JournalRow Next(IReadOnlyList<byte[]> elements, long now, ICollection<Digest>? digests = null)
    {
        var digest = Digest;
        foreach (var element in elements)
        {
            digest = digest.After(element);
            digests?.Add(digest);
        }

        return new JournalRow(Version + 1, elements.Count, Math.Max(At, now), JournalRow.Join(elements), digest);
    }

    /// <summary>The tail after a row.</summary>
    public static StreamTail After(JournalRow row) => new(row.LastVersion, row.Digest, row.At);
}
