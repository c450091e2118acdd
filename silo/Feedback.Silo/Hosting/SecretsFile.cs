using System.Data.Common;
using Feedback.Grains.Journal;
using Feedback.Grains.Personal;
using Npgsql;

namespace Feedback.Silo.Hosting;

/// <summary>The file with the bureau's secrets, readable by its owner only. It belongs into the backup, apart from the databases.</summary>
internal static class SecretsFile
{
    /// <summary>Reads the secrets, or draws new ones for a site that has stored nothing yet.</summary>
    /// <exception cref="UsageException">The file is damaged, or missing beside data.</exception>
    public static BureauSecrets LoadOrCreate(Site site)
    {
        var path = site.Data.MasterKey;
        if (!File.Exists(path) && !HasData(site))
            OwnerFile.Write(path, BureauSecrets.Generate().ToText(), replace: false);
        return Read(site);
    }

    /// <summary>Reads the secrets of a site that has some.</summary>
    /// <exception cref="UsageException">The file is damaged or missing.</exception>
    public static BureauSecrets Read(Site site)
    {
        var path = site.Data.MasterKey;
        try
        {
            return BureauSecrets.Parse(File.ReadAllText(path));
        }
        catch (FileNotFoundException)
        {
            throw new UsageException($"{path} is missing, and this site has data that need it: put it back from its backup. No new one is made, as no stored text, second factor or code would fit it. "
                + "If it is lost for good, let 'feedback verify' make one in an empty --data directory and move it here: what was sealed by the old one stays unreadable.");
        }
        catch (FormatException e)
        {
            throw new UsageException($"{path} is damaged: {e.Message} Restore it from a backup: without it no personal text can be read.");
        }
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
