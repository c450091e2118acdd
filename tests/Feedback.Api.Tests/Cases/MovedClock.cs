using Feedback.TestSupport;

namespace Feedback.Api.Tests.Cases;

/// <summary>A clock that runs as all others do, and stands where a test sets it: at first on a working day of a year whose holidays are known.</summary>
internal sealed class MovedClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(8));

    private readonly TimeSpan _offset = Start - Wait.Clock.GetUtcNow();

    /// <summary>How far it was set ahead.</summary>
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => Wait.Clock.GetUtcNow() + _offset + Ahead;
}
