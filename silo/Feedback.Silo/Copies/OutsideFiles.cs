using System.Text;
using Feedback.Domain.Checkpoints;
using Feedback.Domain.Journal;
using Feedback.Grains.Checkpoints;
using Feedback.Silo.Hosting;
using Feedback.Storage.Checkpoints;
using Feedback.Storage.Copies.Files;
using Feedback.Storage.Personal;

namespace Feedback.Silo.Copies;

/// <summary>What a backup holds of the files outside the database, brought together with those that are there.</summary>
internal static class OutsideFiles
{
    /// <summary>
    /// Adds to the site's ledger every erasure that any of the others knows. A line is never taken away: whoever was erased
    /// after a backup stays erased.
    /// </summary>
    /// <param name="site">The site.</param>
    /// <param name="others">Other ledgers: the backup's, and those that the operator found.</param>
    /// <returns>How many erasures were added.</returns>
    /// <exception cref="InvalidDataException">A ledger is damaged.</exception>
    public static async Task<int> MergeErasuresAsync(Site site, IEnumerable<string> others)
    {
        // All are read before anything is written: one that is damaged leaves the site's own as it is.
        var ledgers = others.Select(path => (Path: path, ErasureLedgerFile.Open(path).Lines)).ToList();
        if (ledgers.Count > 0 && !File.Exists(site.Data.Erasures))
            OwnerFile.Write(site.Data.Erasures, await File.ReadAllTextAsync(ledgers.MaxBy(ledger => ledger.Lines.Count).Path), replace: false);
        var own = ErasureLedgerFile.Open(site.Data.Erasures);
        var before = own.Lines.Count;
        foreach (var line in ledgers.SelectMany(ledger => ledger.Lines))
            await own.AppendAsync(line);
        return own.Lines.Count - before;
    }

    /// <summary>Puts the backup's checkpoints beside those that are there; none is ever replaced.</summary>
    /// <exception cref="IOException">One that is there holds something else.</exception>
    public static void CopyCheckpoints(Site site, BackupSource backup)
    {
        var files = new CheckpointDirectory(site.Checkpoints);
        foreach (var path in backup.Checkpoints)
        {
            if (CheckpointFileName.Parse(Path.GetFileName(path)) is { } name)
                files.Write(name, File.ReadAllBytes(path));
        }
    }

    /// <summary>The lives of the database that end with this restore: that of the backup, and any whose checkpoints only lie outside.</summary>
    public static IReadOnlyList<string> FormerLives(Site site, BackupSource backup)
    {
        var known = backup.Checkpoints.Select(path => CheckpointFileName.Parse(Path.GetFileName(path))?.Generation).ToHashSet();
        return [backup.Generation, .. new CheckpointDirectory(site.Checkpoints).Names().Select(name => name.Generation).Where(life => !known.Contains(life) && life != backup.Generation).Distinct()];
    }

    /// <summary>Checks that the site's key signed the backup's newest checkpoint, before anything is signed by another one.</summary>
    /// <exception cref="UsageException">There is no key, or another one.</exception>
    public static void CheckCheckpointKey(Site site, BackupSource backup)
    {
        if (backup.Checkpoints.Order(StringComparer.Ordinal).LastOrDefault() is not { } newest)
            return;
        using var trust = CheckpointHosting.Trust(site, publicKey: null)
            ?? throw new UsageException($"{site.CheckpointKey} is missing, and it signed the checkpoints of this backup: put it back from its own backup first.");
        if (EventText.Read(File.ReadAllBytes(newest).AsMemory()[..^1]) is not CheckpointMade made || !trust.Believes(Encoding.UTF8.GetBytes(made.Text), made.Signature))
            throw new UsageException($"The checkpoint.key here did not sign the checkpoints of this backup: put the one in place that belongs to it.");
    }
}
