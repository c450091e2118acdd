using System.Data.Common;
using Feedback.Grains.Journal;
using Npgsql;

namespace Feedback.Storage.Journal.Postgres;

/// <summary>What a failed transaction means for its units.</summary>
internal enum Verdict
{
    /// <summary>Nothing was stored, and the same may well succeed at once.</summary>
    TryAgain,

    /// <summary>Nothing was stored, and the database cannot do it now.</summary>
    Unavailable,

    /// <summary>Nothing was stored, because of a value in one of the units.</summary>
    OneIsAtFault,

    /// <summary>Nothing was stored, and nothing will be.</summary>
    Refused,

    /// <summary>The commit was sent and its answer never came.</summary>
    Unknown,
}

/// <summary>No connection could be opened.</summary>
internal sealed class DatabaseAwayException(Exception cause) : Exception("The journal's database is out of reach.", cause);

/// <summary>A commit is on the primary, and PostgreSQL gave up waiting for the standby that must have it too (<c>synchronous_standby_names</c>).</summary>
internal sealed class NotReplicatedException() : DbException("A transaction is on the PostgreSQL primary only: no synchronous standby confirmed it in time.");

/// <summary>Judges why a transaction failed.</summary>
internal static class PostgresVerdict
{
    /// <summary>The verdict on an error.</summary>
    /// <param name="error">The error.</param>
    /// <param name="committing">Whether the commit had been sent.</param>
    public static Verdict On(Exception error, bool committing) => error switch
    {
        GenerationChangedException => Verdict.Refused,
        DatabaseAwayException => Verdict.Unavailable,
        NotReplicatedException => Verdict.Unknown,

        // A fatal error ends the session, perhaps after the commit: only the server's calm "no" is sure.
        PostgresException { Severity: not "ERROR" } => committing ? Verdict.Unknown : Verdict.TryAgain,
        PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } => Verdict.TryAgain,

        // Cached plans that outlived a change of the schema, or lost by the server.
        PostgresException { SqlState: "0A000" or "26000" } => Verdict.TryAgain,

        // Resources, operators, the system, a server that only reads, internal errors: not the values.
        PostgresException { SqlState: var state } =>
            state[..2] is "08" or "25" or "53" or "55" or "57" or "58" or "XX" or "F0" ? Verdict.Unavailable : Verdict.OneIsAtFault,

        NpgsqlException or IOException or TimeoutException or OperationCanceledException => committing ? Verdict.Unknown : Verdict.TryAgain,

        // Not from the server: a value that could not even be sent. The commit comes after all values, so it was not sent either.
        _ => Verdict.OneIsAtFault,
    };
}
