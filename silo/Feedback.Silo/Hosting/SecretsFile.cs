using Feedback.Grains.Personal;

namespace Feedback.Silo.Hosting;

/// <summary>The file with the bureau's secrets, readable by its owner only. It belongs into the backup, apart from the databases.</summary>
internal static class SecretsFile
{
    /// <summary>Reads the secrets, or draws new ones for a site that has none yet.</summary>
    /// <exception cref="UsageException">The file is damaged.</exception>
    public static BureauSecrets LoadOrCreate(string path)
    {
        if (!File.Exists(path))
            OwnerFile.Write(path, BureauSecrets.Generate().ToText(), replace: false);
        try
        {
            return BureauSecrets.Parse(File.ReadAllText(path));
        }
        catch (FormatException e)
        {
            throw new UsageException($"{path} is damaged: {e.Message} Restore it from a backup: without it no personal text can be read.");
        }
    }
}
