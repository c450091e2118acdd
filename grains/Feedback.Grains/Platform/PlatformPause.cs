using Feedback.Grains.Due;

namespace Feedback.Grains.Platform;

/// <summary>How long something rests that fails: longer after each failure, and never for good.</summary>
internal sealed class PlatformPause
{
    private int _failures;

    /// <summary>Since when it fails, milliseconds UTC; null while it does not.</summary>
    public long? Since { get; private set; }

    /// <summary>When it is tried again, milliseconds UTC.</summary>
    public long? Until { get; private set; }

    /// <summary>Why it failed last.</summary>
    public string? Reason { get; private set; }

    /// <summary>Whether it rests.</summary>
    public bool Rests(long now) => now < Until;

    /// <summary>It went well.</summary>
    public void Succeed() => (_failures, Since, Until, Reason) = (0, null, null, null);

    /// <summary>It failed.</summary>
    /// <returns>Whether it is the first failure since it last went well.</returns>
    public bool Fail(string reason, long now)
    {
        (Since, Reason) = (Since ?? now, reason);
        Until = now + (long)RetryPause.After(++_failures).TotalMilliseconds;
        return _failures == 1;
    }
}
