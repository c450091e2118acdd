using System.Data.Common;
using Feedback.Grains.Journal;
using Feedback.Grains.Personal;
using Feedback.Storage.Schema;
using Npgsql;

namespace Feedback.Silo.Hosting;

/// <summary>The file with the bureau's secrets, readable by its owner only. It belongs into the backup, apart from the databases.</summary>
internal static class SecretsFile
{
    /// <summary>Reads the secrets, or draws new ones for a site that has stored nothing yet.</summary>
    /// <exception cref="UsageException">The file is damaged, or missing beside data.</exception>
    public static BureauSecrets LoadOrCreate(Site site)
    {
        var path = site.MasterKey;
        if (!File.Exists(path) && !HasData(site))
            OwnerFile.WriteOnce(path, BureauSecrets.Generate().ToText());
        return Read(site);
    }

    /// <summary>Reads the secrets of a site that has some.</summary>
    /// <exception cref="UsageException">The file is damaged or missing.</exception>
    public static BureauSecrets Read(Site site)
    {
        var path = site.MasterKey;
        try
        {
            return BureauSecrets.Parse(File.ReadAllText(path));
        }
        catch (FileNotFoundException)
        {
            throw new UsageException($"{path} is missing, and this site has data that need it: put it back from its backup. No new one is made, as no stored text, second factor or code would fit it. "
                + "If it is lost for good, let 'feedback verify' make one in an empty --data directory and move it here: what was sealed by the old one stays unreadable."
                + (site.Cluster is null ? "" : " A further silo of a cluster needs the files of the first one's --keys directory: master.key, checkpoint.key and cluster.pem."));
        }
        catch (FormatException e)
        {
            throw new UsageException($"{path} is damaged: {e.Message} Restore it from a backup: without it no personal text can be read.");
        }
    }

    /// <summary>Makes sure that everybody who writes to a database holds the same secrets: the first one leaves a print of them there.</summary>
    /// <exception cref="UsageException">The database was written to under other secrets.</exception>
    public static async Task ClaimAsync(Site site, BureauSecrets secrets)
    {
        if (site.Postgres is { } connection && await SecretsPrint.ClaimAsync(connection, secrets.Print) != secrets.Print)
            throw new UsageException($"{site.MasterKey} is not the master key of this database: what one silo seals the others could not open. Copy master.key, checkpoint.key and cluster.pem from a silo that runs, or from the backup of the keys.");
    }

    // Looked at once in the life of a site, or when its key is lost; so it may wait for the database.
    private static bool HasData(Site site) => (site.Postgres is not null || File.Exists(site.Data.Journal)) && Task.Run(() => HasStreamsAsync(site)).GetAwaiter().GetResult();

    private static async Task<bool> HasStreamsAsync(Site site)
    {
        var services = new ServiceCollection().AddSingleton(RealClock.Instance);
        services.AddFeedbackStorage(site);
        await using var storage = services.BuildServiceProvider();
        try
        {
            return (await storage.GetRequiredService<IJournal>().StreamsAsync()).Count > 0;
        }
        catch (DbException e) when (e is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable } || (site.Postgres is null && e.Message.Contains("no such table", StringComparison.Ordinal)))
        {
            return false;
        }
    }
}
