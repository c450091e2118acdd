namespace Feedback.Grains.Windows;

/// <summary>
/// How many claims wait to be stored, in all windows of this silo. While the journal stands still, callers give up after one and a half seconds and
/// others come; what they brought waits on, and there is room for so much of it only.
/// </summary>
internal sealed class WaitingRoom
{
    /// <summary>Claims of one window: more than a batch, and than a hall's terminals send while a caller waits.</summary>
    public const int OfWindow = 4_000;

    /// <summary>Claims of all windows, which take up to 2 KB each.</summary>
    public const int OfSilo = 50_000;

    private int _waiting;

    /// <summary>Lets one in.</summary>
    /// <returns>False when there is no room.</returns>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _waiting) <= OfSilo)
            return true;
        Interlocked.Decrement(ref _waiting);
        return false;
    }

    /// <summary>One is settled.</summary>
    public void Leave() => Interlocked.Decrement(ref _waiting);
}
