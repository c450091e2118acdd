using Feedback.Domain.Journal;
using Feedback.Domain.Lookups;
using Feedback.Domain.Organisation;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;
using Feedback.Grains.Windows;

namespace Feedback.Grains.Lookups;

/// <summary>What became of a rating. Never its grade, and never its text.</summary>
/// <param name="Stored">Whether the journal has it.</param>
/// <param name="Counted">Whether it is in the figures; false where it was excluded, or is not stored.</param>
/// <param name="Day">The hall's local day on which it is counted; null where it is not stored.</param>
/// <param name="Digest">The chain's digest at its version now, hexadecimal; null where it is not stored.</param>
/// <param name="Unchanged">Whether the chain still holds it, as it did when the receipt was given.</param>
[GenerateSerializer, Immutable, Alias("feedback.rating-standing")]
public sealed record RatingStanding(
    [property: Id(0)] bool Stored,
    [property: Id(1)] bool Counted,
    [property: Id(2)] DateOnly? Day,
    [property: Id(3)] string? Digest,
    [property: Id(4)] bool Unchanged)
{
    /// <summary>The journal does not have it, though we once said so.</summary>
    public static readonly RatingStanding Lost = new(false, false, null, null, false);
}

/// <summary>Makes the codes with which citizens look their ratings up, and looks them up.</summary>
public sealed class RatingLookups(BureauSecrets secrets, IBureau bureau, IGrainFactory grains)
{
    private readonly LookupCode _codes = new(secrets.KeyFor("lookup-codes"), "rating");

    /// <summary>The code for links.</summary>
    /// <param name="rating">The rating.</param>
    /// <param name="digest">The chain's digest at its version, hexadecimal.</param>
    public string CodeOf(LookupSubject rating, string digest) => _codes.Write(rating, Digest.Parse(digest));

    /// <summary>The six digits that go with the rating's number.</summary>
    public string QueryCodeOf(LookupSubject rating) => _codes.QueryCodeOf(rating);

    /// <summary>The rating of a code for links, without looking whether it is still there; null for a code that is not ours.</summary>
    public LookupSubject? Read(string code) => _codes.TryRead(code, out var rating, out _) ? rating : null;

    /// <summary>Looks a rating up by its code; null for a code that is not ours.</summary>
    public async Task<RatingStanding?> FindAsync(string code)
    {
        if (!_codes.TryRead(code, out var rating, out var digest))
            return null;
        var standing = await StandingOfAsync(rating);
        var isTheSame = standing.Digest is { } now && Digest.Parse(now).ToBytes().AsSpan(0, LookupCode.DigestLength).SequenceEqual(digest);
        return standing with { Unchanged = standing.Unchanged && isTheSame };
    }

    /// <summary>
    /// Looks a rating up by what can be said on the telephone; null when there is none, the code does not fit, or the number
    /// is closed: these are not told apart.
    /// </summary>
    public async Task<RatingStanding?> FindAsync(string number, string queryCode)
    {
        if (LookupCode.ReadNumber(number) is not { } rating || bureau.Current.Tree.Find(rating.Window) is not { Kind: NodeKind.Window })
            return null;
        // Numbers that were never given need not be remembered.
        if (rating.Version > (await grains.GetGrain<IWindowGrain>(rating.Window.Value).GetMark()).Sequence)
            return null;
        return await grains.GetGrain<ILookupTriesGrain>(rating.Window.Value).Take(rating.Version, _codes.Fits(rating, queryCode))
            ? await StandingOfAsync(rating)
            : null;
    }

    private Task<RatingStanding> StandingOfAsync(LookupSubject rating) =>
        grains.GetGrain<IWindowGrain>(rating.Window.Value).FindRating(rating.Version);
}
