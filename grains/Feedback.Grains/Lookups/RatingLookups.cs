using Feedback.Domain.Journal;
using Feedback.Domain.Lookups;
using Feedback.Grains.Personal;

namespace Feedback.Grains.Lookups;

/// <summary>Makes the codes with which citizens look their ratings up.</summary>
public sealed class RatingLookups(BureauSecrets secrets)
{
    private readonly LookupCode _codes = new(secrets.KeyFor("lookup-codes"), "rating");

    /// <summary>The code for links.</summary>
    /// <param name="rating">The rating.</param>
    /// <param name="digest">The chain's digest at its version, hexadecimal.</param>
    public string CodeOf(LookupSubject rating, string digest) => _codes.Write(rating, Digest.Parse(digest));

    /// <summary>The six digits that go with the rating's number.</summary>
    public string QueryCodeOf(LookupSubject rating) => _codes.QueryCodeOf(rating);
}
