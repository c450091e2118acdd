using System.Globalization;
using Feedback.Grains.Audit;
using Feedback.Grains.Verification;
using Feedback.Silo.Commands;
using Feedback.Silo.Hosting;
using Feedback.Storage.Copies;

namespace Feedback.Silo.Copies;

/// <summary>What a move did.</summary>
/// <param name="Copied">What was copied.</param>
/// <param name="Report">What the recount in PostgreSQL found, and what differs from before.</param>
/// <param name="PutAside">Where the old database files are; null while they are still in use because of differences.</param>
internal sealed record Moved(CopyReport Copied, VerificationReport Report, string? PutAside);

/// <summary>
/// Moves an embedded site into an empty PostgreSQL database, all of it or nothing. It is the same life of the database: its
/// checkpoints and receipts stay good, the keys stay where they are. The caller holds the lock of the data directory.
/// </summary>
/// <param name="before">The site in files.</param>
/// <param name="after">The same site in PostgreSQL.</param>
/// <param name="silent">True for no progress bars.</param>
internal sealed class SiteMove(Site before, Site after, bool silent)
{
    /// <summary>Moves.</summary>
    /// <exception cref="UsageException">The files are not whole, or the key is another one.</exception>
    /// <exception cref="TargetNotEmptyException">The PostgreSQL database is not empty.</exception>
    public async Task<Moved> RunAsync(CancellationToken cancellation)
    {
        await RefuseDamageAsync(cancellation);
        // Looked at before anything is said in the trail of the old site.
        await (await SiteCopy.FillPostgresAsync(after.Postgres!, cancellation: cancellation)).DisposeAsync();
        await VerbHost.RecordAsync(before, new AuditEntry(Acts.SiteMigrated, Acts.Verb), cancellation);
        await (await AccountsHosting.OpenAccountsAsync(before)).DisposeAsync();
        try
        {
            var copied = await CopyAsync(cancellation);
            await SiteFill.CompleteAsync(after, entry: null, sign: null, silent, cancellation);
            var report = await SiteFill.RecountAsync(after, silent, cancellation);
            report = report with { Findings = [.. report.Findings, .. await CompareAsync(copied, cancellation)] };
            if (!report.IsClean)
            {
                await SiteFill.ClearAsync(after.Postgres!);
                return new Moved(copied, report, null);
            }

            await SiteCopy.FinishPostgresAsync(after.Postgres!, cancellation);
            return new Moved(copied, report, PutAside());
        }
        catch (Exception e) when (e is not TargetNotEmptyException)
        {
            await SiteFill.ClearAsync(after.Postgres!);
            throw;
        }
    }

    private async Task RefuseDamageAsync(CancellationToken cancellation)
    {
        using var trust = CheckpointHosting.Trust(before, publicKey: null);
        var report = await VerifyCommand.VerifyAsync(before, trust, areCopies: false, alone: false, silent, cancellation);
        if (!report.IsClean)
            throw new UsageException($"The site in {before.Data.Path} is not as its journal says ({report.Findings[0].Place}: {report.Findings[0].What}): see 'feedback verify' first; nothing was moved.");
    }

    private async Task<CopyReport> CopyAsync(CancellationToken cancellation)
    {
        await using var source = await SiteFill.OpenAsync(before, cancellation);
        await using var target = await SiteCopy.FillPostgresAsync(after.Postgres!, source.Generation, cancellation);
        return await SiteFill.CopyAsync(after, source, target, "Moving", silent, cancellation);
    }

    private async Task<IReadOnlyList<Finding>> CompareAsync(CopyReport copied, CancellationToken cancellation)
    {
        using var from = VerbHost.BuildStorage(before);
        using var to = VerbHost.BuildStorage(after);
        return await SameFigures.FindAsync(copied.Heads, from.Services, to.Services, cancellation);
    }

    // Left in place, a start without PostgreSQL would go on with a second life beside the moved one.
    private string PutAside()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        var aside = Path.Combine(before.Data.Path, "moved-" + RealClock.Instance.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        Directory.CreateDirectory(aside);
        foreach (var database in new[] { before.Data.Journal, before.Data.Accounts, before.Data.Grains })
        {
            foreach (var file in Directory.GetFiles(before.Data.Path, Path.GetFileName(database) + "*"))
                File.Move(file, Path.Combine(aside, Path.GetFileName(file)));
        }

        return aside;
    }
}
