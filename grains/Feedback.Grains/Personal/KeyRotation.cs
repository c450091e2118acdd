using System.Globalization;
using Feedback.Domain.Journal;
using Feedback.Grains.Audit;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Personal;

/// <summary>Moves stored data keys to the newest master key, step by step. It may be stopped at any time and goes on where it was; old and new can be read throughout.</summary>
public sealed class KeyRotation(ISubjectKeyStore keys, PersonalCipher cipher, IMasterKeys masters, IJournal journal, IAudit audit)
{
    /// <summary>Keys in one transaction.</summary>
    public const int KeysPerStep = 500;

    /// <summary>How many data keys each master key wraps.</summary>
    public Task<IReadOnlyDictionary<int, long>> StatusAsync(CancellationToken cancellation = default) => keys.CountKeysAsync(cancellation);

    /// <summary>Rewraps what older master keys wrap.</summary>
    /// <param name="progress">Told after each step how many are done.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <returns>How many data keys were rewrapped.</returns>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A data key cannot be opened: its master key is missing, or it was tampered with.</exception>
    public async Task<long> RewrapAsync(IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        var newest = masters.NewestVersion;
        await audit.RecordAsync(new AuditEntry(Acts.KeysRewrapped, "verb") { Target = string.Create(CultureInfo.InvariantCulture, $"master {newest}") });
        var (done, after) = (0L, (Opaque?)null);
        while (await keys.KeysBelowAsync(newest, after, KeysPerStep, cancellation) is { Count: > 0 } older)
        {
            cancellation.ThrowIfCancellationRequested();
            await journal.WriteAsync(new JournalUnit { Rewrapped = [.. older.Select(cipher.Rewrap)] });
            after = older[^1].Subject;
            done += older.Count;
            progress?.Report(done);
        }

        return done;
    }
}
