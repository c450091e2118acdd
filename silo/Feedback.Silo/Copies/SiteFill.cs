using System.Data.Common;
using System.Security.Cryptography;
using Feedback.Grains.Audit;
using Feedback.Grains.Checkpoints;
using Feedback.Grains.Personal;
using Feedback.Grains.Verification;
using Feedback.Silo.Commands;
using Feedback.Silo.Hosting;
using Feedback.Storage.Copies;

namespace Feedback.Silo.Copies;

/// <summary>What filling a database has in common, whatever it is filled from.</summary>
internal static class SiteFill
{
    /// <summary>The site's stored truth as it is now.</summary>
    public static Task<CopySource> OpenAsync(Site site, CancellationToken cancellation) =>
        site.Postgres is { } connection ? SiteCopy.OpenPostgresAsync(connection, cancellation) : SiteCopy.OpenSqliteAsync(site.Data);

    /// <summary>Copies all of it, if the site's master key opens every data key.</summary>
    /// <param name="site">The site that it goes to.</param>
    /// <param name="source">Where from.</param>
    /// <param name="target">Where to.</param>
    /// <param name="title">What the progress bar says.</param>
    /// <param name="silent">True for no progress bar.</param>
    /// <param name="cancellation">Stops the work; then nothing stays.</param>
    /// <exception cref="UsageException">The master key is another one.</exception>
    public static async Task<CopyReport> CopyAsync(
        Site site, CopySource source, CopyTarget target, string title, bool silent, CancellationToken cancellation)
    {
        try
        {
            var masters = new FileMasterKeys(SecretsFile.Read(site));
            return await ProgressBar.OfCopyAsync(title, silent, progress => SiteCopy.RunAsync(source, target, masters, progress, cancellation));
        }
        catch (CryptographicException e)
        {
            throw new UsageException($"The master.key here does not open the personal text that was copied: {e.Message} Put the master.key in place that belongs to it; nothing was restored.");
        }
    }

    /// <summary>Makes the days anew, says in the trail what was done, and lets somebody sign it.</summary>
    /// <param name="site">Where the copy is.</param>
    /// <param name="entry">What is said in the trail; null where it is said already.</param>
    /// <param name="sign">Makes checkpoints; null for none.</param>
    /// <param name="silent">True for no progress bar.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static async Task CompleteAsync(
        Site site, AuditEntry? entry, Func<CheckpointMaker, Task>? sign, bool silent, CancellationToken cancellation)
    {
        using var host = VerbHost.BuildStorage(site, services => services.AddFeedbackCheckpoints(site));
        await host.StartAsync(cancellation);
        var rebuild = ActivatorUtilities.CreateInstance<Rebuild>(host.Services);
        await ProgressBar.RunAsync("Making days anew", silent, progress => rebuild.RunAsync(progress, cancellation, areEmpty: true));
        if (entry is not null)
            await host.Services.GetRequiredService<IAudit>().RecordAsync(entry);
        if (sign is not null)
            await sign(host.Services.GetRequiredService<CheckpointMaker>());
        await host.StopAsync(cancellation);
    }

    /// <summary>Empties a PostgreSQL database that was filled and not finished. Where that cannot be done now, the next attempt does it.</summary>
    public static async Task ClearAsync(string connection)
    {
        try
        {
            await SiteCopy.ClearUnfinishedPostgresAsync(connection);
        }
        catch (DbException)
        {
            // What went wrong before is what is told.
        }
    }

    /// <summary>Recounts everything from the journal, with a silo of its own.</summary>
    public static async Task<VerificationReport> RecountAsync(Site site, bool silent, CancellationToken cancellation)
    {
        using var trust = CheckpointHosting.Trust(site, publicKey: null);
        return await VerifyCommand.VerifyAsync(site, trust, areCopies: false, alone: true, silent, cancellation, forgets: true);
    }
}
