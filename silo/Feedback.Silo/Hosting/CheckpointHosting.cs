using Feedback.Grains.Checkpoints;
using Feedback.Storage.Checkpoints;

namespace Feedback.Silo.Hosting;

/// <summary>The checkpoints of a site: its key, and the directory outside the database.</summary>
internal static class CheckpointHosting
{
    /// <summary>Adds what makes checkpoints; <see cref="CheckpointService"/> apart, which only a server has.</summary>
    public static IServiceCollection AddFeedbackCheckpoints(this IServiceCollection services, Site site)
    {
        services.AddSingleton(LoadOrCreateKey(site));
        services.AddSingleton<ICheckpointFiles>(new CheckpointDirectory(site.Checkpoints));
        services.AddSingleton<CheckpointMaker>();
        return services;
    }

    /// <summary>Reads the key, or draws one for a site that has none yet.</summary>
    /// <exception cref="UsageException">The file is damaged, or missing although it signed checkpoints.</exception>
    public static CheckpointKey LoadOrCreateKey(Site site)
    {
        var path = site.CheckpointKey;
        if (!File.Exists(path))
        {
            if (new CheckpointDirectory(site.Checkpoints).Names().Count > 0)
                throw new UsageException($"{path} is missing, and it signed the checkpoints in {site.Checkpoints}: put it back from its backup. Nobody would believe checkpoints of a new one. If it is lost for good, put those checkpoints and the public key aside for auditors, and start again.");
            using var drawn = CheckpointKey.Generate();
            OwnerFile.WriteOnce(path, drawn.ToText());
        }

        return Read(path, CheckpointKey.Parse);
    }

    /// <summary>The key by which a site's checkpoints are believed; null where none was ever made.</summary>
    /// <param name="site">The site.</param>
    /// <param name="publicKey">A file with the public key in PEM, kept elsewhere; null for the site's own.</param>
    /// <exception cref="UsageException">The file is damaged.</exception>
    public static CheckpointTrust? Trust(Site site, FileInfo? publicKey) =>
        publicKey is not null ? Read(publicKey.FullName, CheckpointTrust.Parse)
        : File.Exists(site.CheckpointKey) ? Read(site.CheckpointKey, CheckpointTrust.Parse)
        : null;

    private static T Read<T>(string path, Func<string, T> parse)
    {
        try
        {
            return parse(File.ReadAllText(path));
        }
        catch (FormatException e)
        {
            throw new UsageException($"{path} is damaged: {e.Message} Restore it from a backup: checkpoints signed by another key are not believed.");
        }
    }
}
