using System.Globalization;
using Feedback.Grains.Audit;
using Feedback.Grains.Checkpoints;
using Feedback.Grains.Verification;
using Feedback.Silo.Hosting;
using Feedback.Storage.Copies;
using Feedback.Storage.Copies.Files;

namespace Feedback.Silo.Copies;

/// <summary>What a restore did.</summary>
/// <param name="Manifest">The backup.</param>
/// <param name="ErasuresAdded">Erasures that the site's ledger did not know.</param>
/// <param name="Report">What the recount found.</param>
internal sealed record Restored(BackupManifest Manifest, int ErasuresAdded, VerificationReport Report);

/// <summary>Fills an empty site from a backup: all of it, or nothing. The caller holds the lock of the data directory.</summary>
/// <param name="site">The site; its keys are there already.</param>
/// <param name="silent">True for no progress bars.</param>
internal sealed class SiteRestore(Site site, bool silent)
{
    /// <summary>Restores.</summary>
    /// <param name="from">The backup's directory.</param>
    /// <param name="ledgers">More ledgers of erasures, such as those of other silos.</param>
    /// <param name="cancellation">Stops the work; then nothing stays.</param>
    /// <exception cref="UsageException">A key is missing or another one.</exception>
    /// <exception cref="InvalidDataException">The backup, or a ledger, is not whole.</exception>
    /// <exception cref="TargetNotEmptyException">The site is not empty.</exception>
    public async Task<Restored> RunAsync(string from, IReadOnlyList<string> ledgers, CancellationToken cancellation)
    {
        if (site.Postgres is null)
            EmbeddedFiles.RefuseSite(site.Data);
        if (!File.Exists(site.MasterKey))
            throw new UsageException($"{site.MasterKey} is missing: put master.key and checkpoint.key there first, from where they are kept apart from backups. Without the first no personal text of the backup can be read.");
        await using var backup = BackupSource.Open(from, cancellation);
        OutsideFiles.CheckCheckpointKey(site, backup);
        // A site that never signed anything gets its key now, and in its place.
        CheckpointHosting.LoadOrCreateKey(site).Dispose();
        var added = await (site.Postgres is { } connection
            ? IntoPostgresAsync(backup, ledgers, connection, cancellation)
            : IntoFilesAsync(backup, ledgers, cancellation));
        return new Restored(backup.Manifest, added, await SiteFill.RecountAsync(site, silent, cancellation));
    }

    private async Task<int> IntoFilesAsync(BackupSource backup, IReadOnlyList<string> ledgers, CancellationToken cancellation)
    {
        using var files = EmbeddedFiles.Begin(site);
        await using (var target = await SiteCopy.CreateSqliteAsync(files.Apart.Data.Journal, files.Apart.Data.Accounts))
            await SiteFill.CopyAsync(site, backup, target, "Restoring", silent, cancellation);
        var added = await CompleteAsync(files.Apart, backup, ledgers, cancellation);
        files.Place();
        return added;
    }

    private async Task<int> IntoPostgresAsync(BackupSource backup, IReadOnlyList<string> ledgers, string connection, CancellationToken cancellation)
    {
        try
        {
            await using (var target = await SiteCopy.FillPostgresAsync(connection, cancellation: cancellation))
                await SiteFill.CopyAsync(site, backup, target, "Restoring", silent, cancellation);
            var added = await CompleteAsync(site, backup, ledgers, cancellation);
            await SiteCopy.FinishPostgresAsync(connection, cancellation);
            return added;
        }
        catch (Exception e) when (e is not TargetNotEmptyException)
        {
            await SiteFill.ClearAsync(connection);
            throw;
        }
    }

    private async Task<int> CompleteAsync(Site filled, BackupSource backup, IReadOnlyList<string> ledgers, CancellationToken cancellation)
    {
        var added = await OutsideFiles.MergeErasuresAsync(site, [.. ledgers, .. backup.Erasures is { } own ? new[] { own } : []]);
        OutsideFiles.CopyCheckpoints(site, backup);
        var entry = new AuditEntry(Acts.BackupRestored, Acts.Verb)
        {
            Target = BackupNames.Of(backup.Manifest.Made),
            Reason = string.Create(CultureInfo.InvariantCulture, $"{backup.Manifest.Events} events"),
        };
        await SiteFill.CompleteAsync(filled, entry, maker => SignAsync(maker, OutsideFiles.FormerLives(site, backup), cancellation), silent, cancellation);
        return added;
    }

    private static async Task SignAsync(CheckpointMaker maker, IReadOnlyList<string> former, CancellationToken cancellation)
    {
        foreach (var life in former)
            await maker.MakeAfterRestoreAsync(life, cancellation);
    }
}
