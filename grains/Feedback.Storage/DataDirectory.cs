namespace Feedback.Storage;

/// <summary>The directory that holds everything of an embedded server. Whoever writes to it holds its lock; a reader needs none.</summary>
public sealed class DataDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private DataDirectory(string path) => Path = path;

    /// <summary>The absolute path.</summary>
    public string Path { get; }

    /// <summary>The journal and everything written with it.</summary>
    public string Journal => System.IO.Path.Combine(Path, "journal.db");

    /// <summary>The grains' own state.</summary>
    public string Grains => System.IO.Path.Combine(Path, "grains.db");

    /// <summary>The accounts of people.</summary>
    public string Accounts => System.IO.Path.Combine(Path, "accounts.db");

    /// <summary>The keys under which sessions and forms are sealed, wrapped by the master key; with PostgreSQL only those of earlier releases, which stay good.</summary>
    public string SessionKeys => System.IO.Path.Combine(Path, "session-keys");

    /// <summary>Who was erased, so that no older copy of the database brings them back: into every backup, apart from the database.</summary>
    public string Erasures => System.IO.Path.Combine(Path, "erasures.log");

    /// <summary>Where checkpoints are kept outside the database unless told otherwise.</summary>
    public string Checkpoints => System.IO.Path.Combine(Path, "checkpoints");

    /// <summary>What the demo remembers of itself.</summary>
    public string Demo => System.IO.Path.Combine(Path, "demo.json");

    private string LockFile => System.IO.Path.Combine(Path, "lock");

    /// <summary>Opens a data directory, creating it for its owner only if there is none.</summary>
    /// <exception cref="IOException">The path is a file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be created here.</exception>
    public static DataDirectory Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(full);
        else
            Directory.CreateDirectory(full, OwnerOnly);
        return new DataDirectory(full);
    }

    /// <summary>Takes the lock for as long as the result is not disposed and the process lives.</summary>
    /// <exception cref="DataDirectoryLockedException">Another process, or this one, holds it.</exception>
    public IDisposable Lock() => TryLock() ?? throw new DataDirectoryLockedException(Path);

    /// <summary>Takes the lock, or returns null when somebody else holds it.</summary>
    public IDisposable? TryLock()
    {
        try
        {
            // FileShare.None is an advisory lock (flock) on Unix; the system lets go of it when the process ends in whatever way.
            return new FileStream(LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(LockFile))
        {
            return null;
        }
    }
}

/// <summary>A data directory is in use: stop the server that uses it, or do the work through that server.</summary>
/// <param name="path">The directory.</param>
public sealed class DataDirectoryLockedException(string path)
    : IOException($"The data directory {path} is in use by another process. Stop it, or do this through the running server.");
