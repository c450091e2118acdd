using Feedback.Storage.OrleansSql;

namespace Feedback.Storage.GrainStorage;

/// <summary>Grain storage on SQLite.</summary>
internal static class SqliteGrainStorage
{
    /// <summary>
    /// One key per grain state, so that of two first writers the second finds a row. Orleans splits a grain key into
    /// two numbers and an optional text; <c>key_text</c> holds '' for no text and '+text' else, since a key column
    /// cannot be null and an absent text differs from an empty one. <c>payload</c> is JSON, null once cleared;
    /// <c>written_at</c> is for people, in milliseconds UTC.
    /// </summary>
    private const string States = """
        create table if not exists orleansquery (
            querykey  text primary key,
            querytext text not null) without rowid;

        create table orleansstorage (
            service    text not null,
            state_name text not null,
            key_high   integer not null,
            key_low    integer not null,
            key_text   text not null,
            payload    blob,
            version    integer not null,
            written_at integer not null,
            primary key (service, state_name, key_high, key_low, key_text));
        """;

    private const string OneState = """
        service = @ServiceId and state_name = @GrainTypeString
            and key_high = @GrainIdN0 and key_low = @GrainIdN1
            and key_text = coalesce('+' || @GrainIdExtensionString, '')
        """;

    private const string Now = "cast(unixepoch('subsec') * 1000 as integer)";

    public static OrleansTables Tables { get; } = new(
        "grain_storage_versions",
        [States],
        new Dictionary<string, string>
        {
            [GrainStorageQuery.Read] = $"""
                select payload as PayloadBinary, version as Version
                from orleansstorage
                where {OneState}
                """,

            // Two statements of which at most one touches a row, by whether a version is given; each is atomic by
            // itself. No "begin transaction" around them: when it met a busy database, its error would leave the
            // transaction open in a connection that goes back to the pool.
            [GrainStorageQuery.Write] = $"""
                update orleansstorage
                set payload = @PayloadBinary, version = version + 1, written_at = {Now}
                where {OneState} and version = @GrainStateVersion
                returning version as NewGrainStateVersion;

                insert into orleansstorage (service, state_name, key_high, key_low, key_text, payload, version, written_at)
                select @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1,
                    coalesce('+' || @GrainIdExtensionString, ''), @PayloadBinary, 1, {Now}
                where @GrainStateVersion is null
                on conflict do nothing
                returning version as NewGrainStateVersion;
                """,

            [GrainStorageQuery.Clear] = $"""
                update orleansstorage
                set payload = null, version = version + 1, written_at = {Now}
                where {OneState} and version = @GrainStateVersion
                returning version as NewGrainStateVersion
                """,
        });
}
