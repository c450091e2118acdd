using System.Buffers.Binary;
using Feedback.Domain.Journal;

namespace Feedback.Domain.Windows;

/// <summary>What a window knows of one matter.</summary>
/// <param name="Matter">The leading 64 bits of the matter's keyed hash.</param>
/// <param name="Since">The version of the first fact that it knows: ratings stored earlier are none of its own.</param>
/// <param name="Version">The version of the event that changed the entry last; of two entries for a matter the newer holds.</param>
/// <param name="At">
/// When the finish was received, or, while the matter is unfinished, the last rating: milliseconds UTC. Never earlier than
/// what was known before, even where the clock stepped back.
/// </param>
/// <param name="Ratings">Active ratings that count for it, excluded ones taken out.</param>
/// <param name="Finished">False while only ratings are known.</param>
public readonly record struct MatterEntry(ulong Matter, long Since, long Version, long At, int Ratings, bool Finished);

/// <summary>
/// Finished matters and ratings that wait for one. A matter counts as rated, on its finish day, when both facts are
/// received within 30 days of each other, in either order.
/// </summary>
public sealed class MatterLedger
{
    /// <summary>How far apart finish and rating may be received: 30 days, in milliseconds.</summary>
    public const long Patience = 30L * 24 * 60 * 60 * 1000;

    private readonly Dictionary<ulong, Kept> _entries = [];

    // A thousand windows keep a month of matters each, so an entry is packed: 24 bytes, in which versions have 32 bits.
    private readonly struct Kept(MatterEntry entry, DateOnly day)
    {
        private readonly long _at = entry.At;
        private readonly uint _since = checked((uint)entry.Since);
        private readonly uint _version = checked((uint)entry.Version);
        private readonly int _ratings = entry.Finished ? ~entry.Ratings : entry.Ratings;
        private readonly int _day = day.DayNumber;

        public DateOnly Day => DateOnly.FromDayNumber(_day);

        public MatterEntry Of(ulong matter) => _ratings < 0
            ? new MatterEntry(matter, _since, _version, _at, ~_ratings, Finished: true)
            : new MatterEntry(matter, _since, _version, _at, _ratings, Finished: false);
    }

    /// <summary>How many matters are remembered.</summary>
    public int Count => _entries.Count;

    /// <summary>Takes an entry over from a stored day.</summary>
    public void Load(DateOnly day, MatterEntry entry)
    {
        if (!_entries.TryGetValue(entry.Matter, out var known) || known.Of(entry.Matter).Version < entry.Version)
            Keep(entry, day);
    }

    /// <summary>The entries that are kept with a day.</summary>
    public IEnumerable<MatterEntry> On(DateOnly day) =>
        _entries.Where(known => known.Value.Day == day).Select(known => known.Value.Of(known.Key)).OrderBy(entry => entry.Matter);

    /// <summary>The day with which a matter is kept that a new rating meets; else null.</summary>
    /// <param name="matter">The matter.</param>
    /// <param name="at">When the rating was received.</param>
    public DateOnly? DayMet(Opaque matter, long at) => Met(matter, at)?.Day;

    /// <summary>Whether a matter that a new rating meets has an active rating that counts.</summary>
    /// <param name="matter">The matter.</param>
    /// <param name="at">When the rating is received.</param>
    public bool IsRated(Opaque matter, long at) => Met(matter, at) is { Entry.Ratings: > 0 };

    /// <summary>The day with which a matter is kept that counts an earlier rating; else null.</summary>
    /// <param name="matter">The matter.</param>
    /// <param name="rating">The rating's version.</param>
    public DateOnly? DayCounting(Opaque matter, long rating) => Counting(matter, rating)?.Day;

    /// <summary>A matter was finished.</summary>
    /// <returns>Whether it counts as one more finished matter, and whether as a rated one.</returns>
    public (bool Counts, bool Rated) Finish(Opaque matter, DateOnly day, long at, long version)
    {
        var known = Met(matter, at);
        if (known is { Entry.Finished: true })
            return (false, false);
        var entry = known?.Entry ?? new MatterEntry(matter.Leading, version, version, at, 0, Finished: false);
        Keep(entry with { Version = version, At = Math.Max(entry.At, at), Finished = true }, day);
        return (true, entry.Ratings > 0);
    }

    /// <summary>A matter got one more active rating.</summary>
    /// <returns>The day with which the matter is kept, and whether one more matter counts as rated on it.</returns>
    public (DateOnly Kept, bool Rated) Rate(Opaque matter, DateOnly day, long at, long version)
    {
        var (entry, kept) = Met(matter, at) ?? (new MatterEntry(matter.Leading, version, version, at, 0, Finished: false), day);
        if (!entry.Finished)
            (kept, entry) = (day, entry with { At = Math.Max(entry.At, at) });
        Keep(entry with { Version = version, Ratings = entry.Ratings + 1 }, kept);
        return (kept, entry is { Finished: true, Ratings: 0 });
    }

    /// <summary>An active rating was excluded.</summary>
    /// <param name="matter">The matter.</param>
    /// <param name="rating">The rating's version.</param>
    /// <param name="version">The version of the exclusion.</param>
    /// <returns>The day with which the matter is kept, and whether one matter fewer counts as rated on it; null when nothing changed.</returns>
    public (DateOnly Kept, bool Unrated)? Unrate(Opaque matter, long rating, long version)
    {
        if (Counting(matter, rating) is not { Entry.Ratings: > 0 } known)
            return null;
        Keep(known.Entry with { Version = version, Ratings = known.Entry.Ratings - 1 }, known.Day);
        return (known.Day, known.Entry is { Finished: true, Ratings: 1 });
    }

    /// <summary>The exclusion of an active rating was lifted: the exact reverse of <see cref="Unrate"/>.</summary>
    /// <param name="matter">The matter.</param>
    /// <param name="rating">The rating's version.</param>
    /// <param name="version">The version of the reinstatement.</param>
    /// <returns>The day with which the matter is kept, and whether one more matter counts as rated on it; null when nothing changed.</returns>
    public (DateOnly Kept, bool Rated)? Rerate(Opaque matter, long rating, long version)
    {
        if (Counting(matter, rating) is not { } known)
            return null;
        Keep(known.Entry with { Version = version, Ratings = known.Entry.Ratings + 1 }, known.Day);
        return (known.Day, known.Entry is { Finished: true, Ratings: 0 });
    }

    /// <summary>
    /// Forgets matters whose last fact lies so far back that nothing received from now on can meet it, except those
    /// kept with a day that is still held: it will be stored again, and whole.
    /// </summary>
    public void Forget(long before, Predicate<DateOnly> held)
    {
        foreach (var (matter, known) in _entries)
        {
            if (known.Of(matter).At < before && !held(known.Day))
                _entries.Remove(matter);
        }
    }

    private void Keep(MatterEntry entry, DateOnly day) => _entries[entry.Matter] = new Kept(entry, day);

    // An entry out of reach is as good as none: so it does not matter whether it was forgotten already. A fact that seems to come
    // before what is known was received by a clock that stepped back, and is no stranger: so an entry only ever gives way
    // to a later one, and where an older day's entry could still be met, the newest one is in memory too.
    private (MatterEntry Entry, DateOnly Day)? Met(Opaque matter, long at) =>
        Find(matter) is { } known && at - known.Entry.At <= Patience ? known : null;

    private (MatterEntry Entry, DateOnly Day)? Counting(Opaque matter, long rating) =>
        Find(matter) is { } known && rating >= known.Entry.Since ? known : null;

    private (MatterEntry Entry, DateOnly Day)? Find(Opaque matter) =>
        _entries.TryGetValue(matter.Leading, out var known) ? (known.Of(matter.Leading), known.Day) : null;
}

/// <summary>The stored bytes of a day's matters: per matter 37 bytes, big-endian: hash 8, since 8, version 8, received 8, ratings 4, finished 1.</summary>
public static class MatterEntries
{
    private const int Size = 37;

    /// <summary>Packs entries.</summary>
    public static byte[] Pack(IReadOnlyList<MatterEntry> entries)
    {
        var bytes = new byte[entries.Count * Size];
        for (var i = 0; i < entries.Count; i++)
        {
            var target = bytes.AsSpan(i * Size, Size);
            BinaryPrimitives.WriteUInt64BigEndian(target, entries[i].Matter);
            BinaryPrimitives.WriteInt64BigEndian(target[8..], entries[i].Since);
            BinaryPrimitives.WriteInt64BigEndian(target[16..], entries[i].Version);
            BinaryPrimitives.WriteInt64BigEndian(target[24..], entries[i].At);
            BinaryPrimitives.WriteInt32BigEndian(target[32..], entries[i].Ratings);
            target[36] = entries[i].Finished ? (byte)1 : (byte)0;
        }

        return bytes;
    }

    /// <summary>Unpacks entries.</summary>
    /// <exception cref="FormatException">The bytes are not whole entries.</exception>
    public static MatterEntry[] Unpack(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % Size != 0)
            throw new FormatException($"Matters of a day take {Size} bytes each; {bytes.Length} bytes are cut off.");
        var entries = new MatterEntry[bytes.Length / Size];
        for (var i = 0; i < entries.Length; i++)
        {
            var source = bytes.Slice(i * Size, Size);
            entries[i] = new MatterEntry(
                BinaryPrimitives.ReadUInt64BigEndian(source),
                BinaryPrimitives.ReadInt64BigEndian(source[8..]),
                BinaryPrimitives.ReadInt64BigEndian(source[16..]),
                BinaryPrimitives.ReadInt64BigEndian(source[24..]),
                BinaryPrimitives.ReadInt32BigEndian(source[32..]),
                source[36] == 1);
        }

        return entries;
    }
}
