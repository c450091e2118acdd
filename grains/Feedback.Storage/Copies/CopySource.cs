namespace Feedback.Storage.Copies;

/// <summary>A site's stored truth to read from, all of it at one moment: a database, or a backup.</summary>
public abstract class CopySource : IAsyncDisposable
{
    /// <summary>The id of the database's life.</summary>
    public abstract string Generation { get; }

    /// <summary>Reads a table in its order, row by row: a long, a bool, bytes, or null for each column; texts are bytes in UTF-8.</summary>
    /// <exception cref="InvalidDataException">What is there is no such table.</exception>
    internal abstract IAsyncEnumerable<object?[]> ReadAsync(CopiedTable table, CancellationToken cancellation);

    /// <summary>How many rows a table has.</summary>
    internal abstract Task<long> CountAsync(CopiedTable table, CancellationToken cancellation);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <summary>Where a copy goes: an empty database, or a new backup. Without <see cref="CommitAsync"/> nothing stays of it.</summary>
public abstract class CopyTarget : IAsyncDisposable
{
    /// <summary>Takes the rows of a table.</summary>
    internal abstract Task WriteAsync(CopiedTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellation);

    /// <summary>Makes what was written lasting.</summary>
    /// <param name="copied">What it is.</param>
    /// <param name="cancellation">Stops the work; then nothing stays.</param>
    internal abstract Task CommitAsync(CopyReport copied, CancellationToken cancellation);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <summary>How far a copy is.</summary>
/// <param name="Done">Rows copied.</param>
/// <param name="All">All rows.</param>
public sealed record CopyProgress(long Done, long All);

/// <summary>Where a stream ends in a copy.</summary>
/// <param name="Stream">The stream's name.</param>
/// <param name="Version">The version of its last event, which is how many it has.</param>
/// <param name="Digest">The chain's digest after it, 64 hexadecimal digits.</param>
public sealed record CopiedHead(string Stream, long Version, string Digest);

/// <summary>What was copied.</summary>
/// <param name="Generation">The id of the life of the database that it was copied from.</param>
/// <param name="Rows">How many rows of each table.</param>
/// <param name="Heads">Where every stream ends, ascending by name.</param>
/// <param name="NewestAt">When the newest row of a window was stored, milliseconds UTC; null when there is none.</param>
public sealed record CopyReport(string Generation, IReadOnlyDictionary<string, long> Rows, IReadOnlyList<CopiedHead> Heads, long? NewestAt)
{
    /// <summary>All events.</summary>
    public long Events => Heads.Sum(head => head.Version);
}
