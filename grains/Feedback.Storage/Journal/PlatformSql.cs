namespace Feedback.Storage.Journal;

/// <summary>The statements that change what was reported, one text for both databases; parameters are numbered.</summary>
/// <remarks>
/// Whatever a batch leads to is done only while it is under way, and its end comes last: of two who end the same batch one does
/// everything, and the other nothing.
/// </remarks>
internal static class PlatformSql
{
    // On PostgreSQL the row was locked before, so what was seen holds until the end of the transaction.
    private const string UnderWay = "exists (select 1 from reported_batches where id = $1 and ended is null)";

    /// <summary>Id, parts, begun.</summary>
    public const string Begin = "insert into reported_batches (id, parts, begun) values ($1, $2, $3) on conflict do nothing";

    /// <summary>Batch, stream, version.</summary>
    public const string Stream =
        $"insert into reported (stream, version) select $2, $3 where {UnderWay} on conflict (stream) do update set version = excluded.version where excluded.version > reported.version";

    /// <summary>Batch, day, kind, items.</summary>
    public const string Count =
        $"insert into reported_days (day, kind, reported) select $2, $3, $4 where {UnderWay} on conflict (day, kind) do update set reported = reported_days.reported + excluded.reported";

    /// <summary>Batch, id.</summary>
    public const string Taken = $"delete from reported_rejects where id = $2 and {UnderWay}";

    /// <summary>Batch, id, kind, stream, version, day, reason, at, known.</summary>
    public static string Rejected(string no) =>
        $"""
        insert into reported_rejects (id, kind, stream, version, day, reason, at, batch, known, again) select $2, $3, $4, $5, $6, $7, $8, $1, $9, {no} where {UnderWay}
        on conflict (id) do update set reason = excluded.reason, at = excluded.at, batch = excluded.batch, known = excluded.known, again = excluded.again
        """;

    /// <summary>Batch, items: those before it are forgotten, but for the last of which something was taken.</summary>
    public const string Forget = $"delete from reported_batches where ended is not null and (items = 0 or $2 > 0) and {UnderWay}";

    /// <summary>Batch, ended, items, rejected.</summary>
    public const string End = "update reported_batches set ended = $2, items = $3, rejected = $4 where id = $1 and ended is null";

    /// <summary>Id.</summary>
    public static string Again(string yes) => $"update reported_rejects set again = {yes} where id = $1";

    /// <summary>Day, kind, theirs, at.</summary>
    public const string Compared =
        """
        insert into reported_days (day, kind, theirs, ours, compared) values ($1, $2, $3, 0, $4)
        on conflict (day, kind) do update set theirs = excluded.theirs, ours = reported_days.reported, compared = excluded.compared
        """;
}
