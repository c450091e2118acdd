using System.Buffers.Binary;
using Feedback.Domain.Journal;
using Feedback.Domain.Time;

namespace Feedback.Domain.Windows;

/// <summary>
/// The identities that a window stored last, at most <see cref="Capacity"/>, and what is certain about those it forgot: so
/// that the journal is asked only when memory cannot hold the answer.
/// </summary>
public sealed class KnownIds
{
    /// <summary>How many identities are remembered.</summary>
    public const int Capacity = 2048;

    private const int EntrySize = 40;

    // A ring of parallel arrays with chained buckets: a dictionary takes three times the memory, for each of a thousand windows.
    private Entry[] _ring = new Entry[32];
    private short[] _nextInBucket = new short[32];
    private short[] _buckets = NewBuckets(32);
    private int _oldest;
    private ForgottenIds _lately = new(long.MinValue);

    private readonly record struct Entry(ulong High, ulong Low, long Version, long RowAt, long OwnTime)
    {
        public Opaque Identity => new(new UInt128(High, Low));
    }

    /// <summary>How many identities are remembered now.</summary>
    public int Count { get; private set; }

    /// <summary>Rows up to this time (milliseconds UTC) may hold forgotten identities received in time; later ones cannot.</summary>
    public long ForgottenThrough { get; private set; } = long.MinValue;

    /// <summary>
    /// No forgotten identity that was received in time has an own time later than this. Where clocks are right that is long before now,
    /// so that what is new is never looked for, however much comes.
    /// </summary>
    public long ForgottenOwnThrough { get; private set; } = long.MinValue;

    /// <summary>No forgotten late identity has an own time later than this.</summary>
    public long ForgottenLateThrough { get; private set; } = long.MinValue;

    /// <summary>The version of a remembered identity, or null.</summary>
    public long? Find(Opaque identity)
    {
        for (var at = _buckets[BucketOf(identity)]; at >= 0; at = _nextInBucket[at])
        {
            if (_ring[at].Identity == identity)
                return _ring[at].Version;
        }

        return null;
    }

    /// <summary>Remembers one more.</summary>
    /// <param name="identity">The identity.</param>
    /// <param name="version">Its version.</param>
    /// <param name="rowAt">The time of its journal row.</param>
    /// <param name="ownTime">The event's own time.</param>
    public void Add(Opaque identity, long version, long rowAt, long ownTime)
    {
        if (Find(identity) is not null)
            return;
        if (Count == Capacity)
            ForgetOldest();
        else if (Count == _ring.Length)
            Grow();
        Place((_oldest + Count++) % _ring.Length, new Entry((ulong)(identity.Value >> 64), (ulong)identity.Value, version, rowAt, ownTime));
    }

    /// <summary>
    /// Whether an event may be in a row that memory has forgotten, if it was received in time.
    /// Such a row lies in [own time − 5 min, own time + 1 h].
    /// </summary>
    /// <remarks>
    /// A busy window has forgotten much by own times of the last hour. Were its rows read for each event that a terminal kept for so long,
    /// live ones would wait for that: so it is known of thousands more that they were there.
    /// </remarks>
    /// <param name="identity">The event's identity.</param>
    /// <param name="ownTime">The event's own time, milliseconds UTC.</param>
    public bool MayBeInForgottenRows(Opaque identity, long ownTime) =>
        ForgottenOwnThrough >= ownTime && (_lately.GivenUpThrough >= ownTime || _lately.MayHold(identity));

    /// <summary>Whether an event with this own time may be among the forgotten late ones.</summary>
    public bool MayBeForgottenLate(long ownTime) => ForgottenLateThrough >= ownTime;

    /// <summary>Whether anything was ever forgotten.</summary>
    public bool HasForgotten => Math.Max(ForgottenThrough, ForgottenLateThrough) > long.MinValue;

    /// <summary>Packs everything: two times, then per identity 40 bytes, big-endian: hash 16, version 8, row's time 8, own time 8.</summary>
    public byte[] Pack()
    {
        var bytes = new byte[16 + (Count * EntrySize)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, ForgottenThrough);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), ForgottenLateThrough);
        var target = bytes.AsSpan(16);
        for (var i = 0; i < Count; i++)
        {
            var entry = _ring[(_oldest + i) % _ring.Length];
            BinaryPrimitives.WriteUInt128BigEndian(target, entry.Identity.Value);
            BinaryPrimitives.WriteInt64BigEndian(target[16..], entry.Version);
            BinaryPrimitives.WriteInt64BigEndian(target[24..], entry.RowAt);
            BinaryPrimitives.WriteInt64BigEndian(target[32..], entry.OwnTime);
            target = target[EntrySize..];
        }

        return bytes;
    }

    /// <summary>Unpacks what <see cref="Pack"/> packed; no bytes at all are an empty memory.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="ownThrough">What <see cref="ForgottenOwnThrough"/> was, which is kept beside the bytes; null where it was not kept yet.</param>
    /// <exception cref="FormatException">The bytes are cut off.</exception>
    public static KnownIds Unpack(ReadOnlySpan<byte> bytes, long? ownThrough = null)
    {
        var known = new KnownIds();
        if (bytes.IsEmpty)
            return known;
        if (bytes.Length < 16 || (bytes.Length - 16) % EntrySize != 0)
            throw new FormatException("Known identities are cut off.");
        known.ForgottenThrough = BinaryPrimitives.ReadInt64BigEndian(bytes);
        known.ForgottenLateThrough = BinaryPrimitives.ReadInt64BigEndian(bytes[8..]);
        // An event is at most so far ahead of its row.
        known.ForgottenOwnThrough = known.ForgottenThrough == long.MinValue ? long.MinValue : ownThrough ?? known.ForgottenThrough + DayRule.Ahead;
        known._lately = new ForgottenIds(known.ForgottenOwnThrough);
        for (var source = bytes[16..]; source.Length > 0; source = source[EntrySize..])
        {
            known.Add(
                Opaque.FromBytes(source),
                BinaryPrimitives.ReadInt64BigEndian(source[16..]),
                BinaryPrimitives.ReadInt64BigEndian(source[24..]),
                BinaryPrimitives.ReadInt64BigEndian(source[32..]));
        }

        return known;
    }

    private void ForgetOldest()
    {
        var entry = _ring[_oldest];
        ref var link = ref _buckets[BucketOf(entry.Identity)];
        while (link != _oldest)
            link = ref _nextInBucket[link];
        link = _nextInBucket[_oldest];
        _oldest = (_oldest + 1) % _ring.Length;
        Count--;
        // A late one is found in its table: nobody needs to read its row, which after an import may be a big one.
        if (Identities.IsLate(entry.OwnTime, entry.RowAt))
        {
            ForgottenLateThrough = Math.Max(ForgottenLateThrough, entry.OwnTime);
            return;
        }

        (ForgottenThrough, ForgottenOwnThrough) = (Math.Max(ForgottenThrough, entry.RowAt), Math.Max(ForgottenOwnThrough, entry.OwnTime));
        _lately.Add(entry.Identity, entry.OwnTime);
    }

    // Only a ring that never forgot grows, so its oldest entry lies at 0.
    private void Grow()
    {
        var entries = _ring;
        (_ring, _nextInBucket, _buckets) = (new Entry[Count * 2], new short[Count * 2], NewBuckets(Count * 2));
        for (var i = 0; i < entries.Length; i++)
            Place(i, entries[i]);
    }

    private void Place(int at, Entry entry)
    {
        _ring[at] = entry;
        ref var bucket = ref _buckets[BucketOf(entry.Identity)];
        (_nextInBucket[at], bucket) = (bucket, (short)at);
    }

    // Identities are hashes already: any of their bits will do.
    private int BucketOf(Opaque identity) => (int)((ulong)identity.Value & (uint)(_buckets.Length - 1));

    private static short[] NewBuckets(int length)
    {
        var buckets = new short[length];
        Array.Fill(buckets, (short)-1);
        return buckets;
    }
}
