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
            Create(path, BureauSecrets.Generate());
        try
        {
            return BureauSecrets.Parse(File.ReadAllText(path));
        }
        catch (FormatException e)
        {
            throw new UsageException($"{path} is damaged: {e.Message} Restore it from a backup: without it no personal text can be read.");
        }
    }

    private static void Create(string path, BureauSecrets secrets)
    {
        // Written whole beside its place, synchronised, and only then moved there: no start ever sees half a file.
        var temporary = path + ".new";
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var file = new StreamWriter(temporary, options))
        {
            file.Write(secrets.ToText());
            file.Flush();
            ((FileStream)file.BaseStream).Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: false);
    }
}
