using Feedback.Domain.Personal;
using Feedback.Storage;

namespace Feedback.Silo.Hosting;

/// <summary>Where a silo keeps things: a data directory, and PostgreSQL instead of its databases when one is named.</summary>
/// <param name="Data">The data directory; with PostgreSQL it still holds the keys.</param>
/// <param name="Postgres">The connection string, or null for SQLite in the data directory.</param>
internal sealed record Site(DataDirectory Data, string? Postgres)
{
    /// <summary>The directory that keeps checkpoints outside the database, best on another disk or a share that can be written once only.</summary>
    public string Checkpoints { get; init; } = Data.Checkpoints;

    /// <summary>How long personal text is kept.</summary>
    public RetentionPolicy Retention { get; init; } = RetentionPolicy.Usual;
}

/// <summary>The user asked for something that cannot be done; the message says what and how to mend it.</summary>
internal sealed class UsageException(string message) : Exception(message);
