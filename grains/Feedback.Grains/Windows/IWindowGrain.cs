using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Personal;
using Feedback.Domain.Windows;
using Feedback.Grains.Lookups;
using Feedback.Grains.Tallies;

namespace Feedback.Grains.Windows;

/// <summary>One window: the only writer of its stream. The key is the node id.</summary>
[Alias("feedback.window")]
public interface IWindowGrain : IGrainWithStringKey
{
    /// <summary>
    /// Stores claims: each is stored before it is answered, at most once, however often it is sent. Claims of different calls
    /// share appends; none waits for another's fate.
    /// </summary>
    /// <returns>One result per claim, in their order, after at most one and a half seconds; what is undecided by then may be sent again.</returns>
    [Alias("submit")]
    Task<ImmutableArray<ClaimResult>> Submit([Immutable] Submission submission);

    /// <summary>A member of staff takes the window over, or leaves it with null.</summary>
    /// <param name="staff">The staff code; null when whoever is there leaves.</param>
    /// <param name="at">When, milliseconds UTC, at most 90 days ago; now when left out. What comes in late counts for what comes in after it.</param>
    [Alias("staff")]
    Task<Outcome> SetStaff(string? staff, long? at = null);

    /// <summary>Takes an evaluation out of the figures, or back in; it stays stored and is shown apart.</summary>
    /// <param name="version">The evaluation's version.</param>
    /// <param name="excluded">True to exclude, false to reinstate.</param>
    /// <param name="reason">The coded reason.</param>
    [Alias("exclude")]
    Task<Outcome> SetExcluded(long version, bool excluded, string reason);

    /// <summary>Destroys personal text for good, in the transaction of the events that say so; no figure changes.</summary>
    /// <param name="versions">The versions of the evaluations and matters that point to it; at most 200. Where nothing is left to destroy, nothing happens.</param>
    /// <param name="part">What of it.</param>
    /// <param name="cause">What led to it; the ledger outside the database knows of all but what ages.</param>
    /// <param name="reason">The reason; no personal text.</param>
    [Alias("erase")]
    Task<Outcome> Erase(ImmutableArray<long> versions, ErasedPart part, ErasureCause cause, string reason);

    /// <summary>What became of the rating of a version.</summary>
    [Alias("rating")]
    Task<RatingStanding> FindRating(long version);

    /// <summary>The window's days in [from, to), as they stand.</summary>
    [Alias("days")]
    Task<NodeDays> GetDays(DateOnly from, DateOnly to);

    /// <summary>The days of a month that changed after a version, for a tally that missed reports, and asks again where no answer comes.</summary>
    [Alias("since"), ResponseTimeout("00:00:10")]
    Task<ChildReport> DaysSince(DateOnly month, long after);

    /// <summary>A mark that changes whenever a figure of the window does.</summary>
    [Alias("mark")]
    ValueTask<FigureMark> GetMark();
}

/// <summary>Claims of one sender for one window.</summary>
[GenerateSerializer, Immutable, Alias("feedback.submission")]
public sealed class Submission(ImmutableArray<WindowClaim> claims, Sender sender)
{
    /// <summary>The claims.</summary>
    [Id(0)]
    public ImmutableArray<WindowClaim> Claims { get; } = claims;

    /// <summary>Who sends them.</summary>
    [Id(1)]
    public Sender Sender { get; } = sender;
}

/// <summary>What became of a claim.</summary>
public enum ClaimStatus
{
    /// <summary>Not known yet; send it again.</summary>
    Undecided,

    /// <summary>Stored now.</summary>
    Accepted,

    /// <summary>Stored before; the receipt is the first one.</summary>
    Repeated,

    /// <summary>Something else was stored under the same identity.</summary>
    Conflicting,

    /// <summary>Not taken.</summary>
    Refused,

    /// <summary>This activation may not write any more: the next one is asked, at once.</summary>
    Elsewhere,
}

/// <summary>The answer to a claim.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Version">Its version in the window's stream; 0 when it is not stored.</param>
/// <param name="Digest">The chain's digest at that version, hexadecimal; null when it is not stored.</param>
/// <param name="Refusal">Why it was not taken; else null.</param>
[GenerateSerializer, Immutable, Alias("feedback.claim-result")]
public readonly record struct ClaimResult(
    [property: Id(0)] ClaimStatus Status,
    [property: Id(1)] long Version = 0,
    [property: Id(2)] string? Digest = null,
    [property: Id(3)] Refusal? Refusal = null)
{
    /// <summary>Whether it is not decided, and the same may be sent again.</summary>
    public bool MayComeAgain => Status is ClaimStatus.Undecided or ClaimStatus.Elsewhere || Refusal is { Retryable: true };

    /// <summary>Not taken.</summary>
    public static ClaimResult Refuse(Refusal refusal) => new(ClaimStatus.Refused, Refusal: refusal);
}

/// <summary>The answer to a decision.</summary>
/// <param name="Version">The version of the event that was stored; 0 when it was not.</param>
/// <param name="Refusal">Why not; null when it was stored, or nothing had to change.</param>
[GenerateSerializer, Immutable, Alias("feedback.outcome")]
public readonly record struct Outcome([property: Id(0)] long Version, [property: Id(1)] Refusal? Refusal = null);
