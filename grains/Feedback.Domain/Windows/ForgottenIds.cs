using Feedback.Domain.Journal;

namespace Feedback.Domain.Windows;

/// <summary>
/// The identities that were forgotten lately, in two bytes each: one of them is never denied, and of others at most about one in two
/// hundred is taken for one of them.
/// </summary>
/// <remarks>
/// Two Bloom filters (B. H. Bloom, <i>Space/time trade-offs in hash coding with allowable errors</i>, CACM 13 (7), 1970) of m = 65,536 bits,
/// each for n = 4,096 identities with k = 4 bits: when full a filter takes (1 − e^(−kn/m))^k = 0.24 % of others for its own. When the newer
/// one is full the older one is given up.
/// </remarks>
/// <param name="givenUpThrough">No identity that was forgotten before has an own time later than this.</param>
public sealed class ForgottenIds(long givenUpThrough)
{
    /// <summary>How many identities a filter takes.</summary>
    public const int Half = 4096;

    private const int Words = 65_536 / 64;

    // Most windows never forget: nothing is taken for them.
    private ulong[] _newer = [];
    private ulong[] _older = [];
    private int _count;
    private long _newerThrough = long.MinValue;
    private long _olderThrough = long.MinValue;

    /// <summary>No identity that was given up has an own time later than this, in milliseconds UTC.</summary>
    public long GivenUpThrough { get; private set; } = givenUpThrough;

    /// <summary>Takes one more.</summary>
    /// <param name="identity">The identity.</param>
    /// <param name="ownTime">The event's own time, milliseconds UTC.</param>
    public void Add(Opaque identity, long ownTime)
    {
        if (_count == Half || _newer.Length == 0)
        {
            GivenUpThrough = Math.Max(GivenUpThrough, _olderThrough);
            (_older, _olderThrough) = (_newer, _newerThrough);
            (_newer, _newerThrough, _count) = (new ulong[Words], long.MinValue, 0);
        }

        for (var word = 0; word < 4; word++)
        {
            var bit = BitOf(identity, word);
            _newer[bit >> 6] |= 1UL << (bit & 63);
        }

        (_newerThrough, _count) = (Math.Max(_newerThrough, ownTime), _count + 1);
    }

    /// <summary>Whether an identity may be among those that were not given up.</summary>
    public bool MayHold(Opaque identity) => MayHold(_newer, identity) || MayHold(_older, identity);

    private static bool MayHold(ulong[] filter, Opaque identity)
    {
        if (filter.Length == 0)
            return false;
        for (var word = 0; word < 4; word++)
        {
            var bit = BitOf(identity, word);
            if ((filter[bit >> 6] & (1UL << (bit & 63))) == 0)
                return false;
        }

        return true;
    }

    // Identities are hashes already: four pieces of 16 bits of one are as good as four hashes.
    private static int BitOf(Opaque identity, int word) => (ushort)((identity.Value >> (16 * word)) ^ (identity.Value >> (64 + (16 * word))));
}
