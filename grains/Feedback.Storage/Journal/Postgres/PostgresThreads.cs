namespace Feedback.Storage.Journal.Postgres;

/// <summary>
/// Threads for those who wait for a database that hangs. Whoever waited too long asks it over another connection to give the command
/// up, and Npgsql lets the pool's thread that noticed wait for that, for as long as a connection may take. With as few threads as
/// processors nobody else would get on meanwhile, not even to be told to come again.
/// </summary>
internal static class PostgresThreads
{
    // The lanes of the writer, the tables of Orleans, and some readers at once. What comes on top gets more threads soon.
    private const int Waiting = 6;

    /// <summary>Sees to it that the process's pool has so many threads beside one for each processor.</summary>
    public static void Provide()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + Waiting), completions);
    }
}
