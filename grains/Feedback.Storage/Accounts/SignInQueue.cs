using Feedback.Grains.Accounts;

namespace Feedback.Storage.Accounts;

/// <summary>
/// Lets a few sign in at once and a few wait; whoever comes then is turned away. Anybody may ask for a sign-in, and each costs
/// a slow hash: so without a bound a stranger could keep every processor busy.
/// </summary>
internal sealed class SignInQueue : IDisposable
{
    /// <summary>So many passwords are hashed at once.</summary>
    public const int AtOnce = 2;

    /// <summary>So many wait for that.</summary>
    public const int MostWaiting = 20;

    private readonly SemaphoreSlim _places = new(AtOnce);
    private int _present;

    /// <summary>Does the work when its turn has come.</summary>
    /// <exception cref="SignInBusyException">Too many are waiting.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        try
        {
            if (Interlocked.Increment(ref _present) > AtOnce + MostWaiting)
                throw new SignInBusyException();
            await _places.WaitAsync();
            try
            {
                return await work();
            }
            finally
            {
                _places.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _present);
        }
    }

    public void Dispose() => _places.Dispose();
}
