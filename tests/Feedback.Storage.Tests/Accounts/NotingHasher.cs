using Feedback.Storage.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Feedback.Storage.Tests.Accounts;

/// <summary>Notes which hash each password was held against.</summary>
internal sealed class NotingHasher : IPasswordHasher<AccountRow>
{
    private readonly PasswordHasher<AccountRow> _hasher = new();

    private int _now;
    private int _most;

    public System.Collections.Concurrent.ConcurrentBag<string> Against { get; } = [];

    /// <summary>Keeps whoever comes until it is set.</summary>
    public ManualResetEventSlim? Closed { get; set; }

    /// <summary>The most that were here at once.</summary>
    public int Most => _most;

    /// <summary>Done while somebody gets a password, once they were read and before they are written.</summary>
    public Func<Task>? Meanwhile { get; set; }

    public string HashPassword(AccountRow user, string password)
    {
        Meanwhile?.Invoke().GetAwaiter().GetResult();
        return _hasher.HashPassword(user, password);
    }

    public PasswordVerificationResult VerifyHashedPassword(AccountRow user, string hashedPassword, string providedPassword)
    {
        Against.Add(hashedPassword);
        lock (Against)
            _most = Math.Max(_most, ++_now);
        Closed?.Wait();
        try
        {
            return _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
        finally
        {
            lock (Against)
                _now--;
        }
    }
}
