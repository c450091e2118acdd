namespace Feedback.TestSupport;

/// <summary>A folder of the test's own, removed with everything in it when the test is done.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>The absolute path; it exists and is empty at first.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("feedback-").FullName;

    /// <summary>The absolute path of an entry of this name; nothing is created.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Removes the folder. Files still open are unlinked and vanish when they are closed.</summary>
    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
