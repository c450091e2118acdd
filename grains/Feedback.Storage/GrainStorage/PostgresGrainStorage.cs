using Feedback.Storage.OrleansSql;

namespace Feedback.Storage.GrainStorage;

/// <summary>Grain storage on PostgreSQL.</summary>
internal static class PostgresGrainStorage
{
    /// <summary>
    /// One key per grain state, so that of two first writers the second finds a row. Orleans splits a grain key into
    /// two numbers and an optional text; <c>key_text</c> holds '' for no text and '+text' else, since a key column
    /// cannot be null and an absent text differs from an empty one.
    /// </summary>
    private const string States = """
        create table if not exists orleansquery (
            querykey  text collate "C" primary key,
            querytext text not null);

        create table orleansstorage (
            service    text collate "C" not null,
            state_name text collate "C" not null,
            key_high   bigint not null,
            key_low    bigint not null,
            key_text   text collate "C" not null,
            payload    bytea,
            version    integer not null,
            written_at bigint not null,
            primary key (service, state_name, key_high, key_low, key_text));

        comment on table orleansstorage is 'Latest state of grains: a cache of what the journal says; payload is JSON, null once cleared';
        comment on column orleansstorage.written_at is 'For people: milliseconds UTC by the clock of the database';
        """;

    private const string OneState = """
        service = @ServiceId and state_name = @GrainTypeString
            and key_high = @GrainIdN0 and key_low = @GrainIdN1
            and key_text = coalesce('+' || @GrainIdExtensionString, '')
        """;

    private const string Now = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

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

            // One statement, hence atomic: a writer with a version updates that version or nothing, a writer without
            // one inserts or, finding a row (also one committed meanwhile), does nothing.
            [GrainStorageQuery.Write] = $"""
                with changed as (
                    update orleansstorage
                    set payload = @PayloadBinary, version = version + 1, written_at = {Now}
                    where {OneState} and version = @GrainStateVersion
                    returning version
                ), created as (
                    insert into orleansstorage (service, state_name, key_high, key_low, key_text, payload, version, written_at)
                    select @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1,
                        coalesce('+' || @GrainIdExtensionString, ''), @PayloadBinary, 1, {Now}
                    where @GrainStateVersion is null
                    on conflict do nothing
                    returning version
                )
                select version as NewGrainStateVersion from changed
                union all
                select version from created
                """,

            [GrainStorageQuery.Clear] = $"""
                update orleansstorage
                set payload = null, version = version + 1, written_at = {Now}
                where {OneState} and version = @GrainStateVersion
                returning version as NewGrainStateVersion
                """,
        });
}
