using System.Net;

namespace Feedback.Grains.Audit;

/// <summary>Refusals that were counted together.</summary>
/// <param name="Entry">What was refused, to whom.</param>
/// <param name="FirstAt">When the first one was, milliseconds UTC.</param>
/// <param name="LastAt">When the last one was, milliseconds UTC.</param>
/// <param name="Count">How many there were.</param>
internal sealed record CountedRefusal(AuditEntry Entry, long FirstAt, long LastAt, long Count);

/// <summary>
/// Counts refusals of the same caller, act, target, reason and address (of IPv6 the first 64 bits) together. Bounded: somebody who varies everything is
/// counted in one entry of <see cref="Others"/>. Not for several threads at once.
/// </summary>
internal sealed class RefusalCounts
{
    /// <summary>How many are told apart; the rest is counted together.</summary>
    public const int MostTold = 500;

    /// <summary>What stands for the refusals beyond <see cref="MostTold"/>.</summary>
    public static readonly AuditEntry Others = new("refusals.others", "several") { Refused = true };

    private Dictionary<AuditEntry, CountedRefusal> _counts = [];

    /// <summary>Counts one more.</summary>
    /// <param name="entry">What was refused, to whom.</param>
    /// <param name="at">When, milliseconds UTC.</param>
    public void Note(AuditEntry entry, long at) => Add(new CountedRefusal(entry, at, at, 1));

    /// <summary>Takes what was counted, and begins anew.</summary>
    public IReadOnlyList<CountedRefusal> TakeAll()
    {
        var taken = _counts.Values.ToList();
        _counts = [];
        return taken;
    }

    /// <summary>Counts on from what could not be stored.</summary>
    public void PutBack(IReadOnlyList<CountedRefusal> counted)
    {
        var since = TakeAll();
        foreach (var one in counted.Concat(since))
            Add(one);
    }

    private void Add(CountedRefusal more)
    {
        var alike = more.Entry with { Address = NetworkOf(more.Entry.Address) };
        var entry = _counts.ContainsKey(alike) || _counts.Count < MostTold ? alike : Others;
        _counts[entry] = _counts.TryGetValue(entry, out var until)
            ? until with { Entry = until.Entry == more.Entry ? until.Entry : entry, FirstAt = Math.Min(until.FirstAt, more.FirstAt), LastAt = Math.Max(until.LastAt, more.LastAt), Count = until.Count + more.Count }
            : more with { Entry = entry == alike ? more.Entry : entry };
    }

    // Whoever has one IPv6 address has 2^64: such are not told apart, or else one stranger would use all entries up.
    private static string? NetworkOf(string? address)
    {
        if (address is null || !address.Contains(':', StringComparison.Ordinal) || !IPAddress.TryParse(address, out var known) || known.IsIPv4MappedToIPv6)
            return address;
        var bytes = known.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes) + "/64";
    }
}
