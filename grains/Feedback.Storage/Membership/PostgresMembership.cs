using Feedback.Storage.OrleansSql;

namespace Feedback.Storage.Membership;

/// <summary>The membership of a cluster on PostgreSQL: which silos there are, and which of them are believed to be alive.</summary>
/// <remarks>
/// The version row makes every change of the membership wait for the one before it: a change names the version that its maker
/// saw, and where another came first it changes nothing and says so. Orleans then reads again and decides anew.
/// </remarks>
internal static class PostgresMembership
{
    private const string Members = """
        create table if not exists orleansquery (
            querykey  text collate "C" primary key,
            querytext text not null);

        create table membership_version (
            cluster    text collate "C" primary key,
            version    integer not null default 0,
            changed_at timestamptz not null default clock_timestamp());

        create table membership (
            cluster    text collate "C" not null references membership_version,
            address    text collate "C" not null,
            port       integer not null,
            generation integer not null,
            name       text collate "C" not null,
            host       text collate "C" not null,
            status     integer not null,
            proxy_port integer not null,
            suspected  text collate "C",
            started_at timestamptz not null,
            alive_at   timestamptz not null,
            primary key (cluster, address, port, generation));

        comment on table membership is 'A row per start of a silo, kept for a while after its end; status 3 is active, 6 dead';
        comment on column membership.suspected is 'Who voted it dead, and when';
        """;

    private const string OneSilo = "cluster = @DeploymentId and address = @Address and port = @Port and generation = @Generation";

    // The version comes also where no silo is found.
    private const string Read = """
        select m.address as Address, m.port as Port, m.generation as Generation, m.name as SiloName, m.host as HostName, m.status as Status,
            m.proxy_port as ProxyPort, m.suspected as SuspectTimes, m.started_at as StartTime, m.alive_at as IAmAliveTime, v.version as Version
        from membership_version v left join membership m on m.cluster = v.cluster
        """;

    public static OrleansTables Tables { get; } = new(
        "membership_versions",
        [Members],
        new Dictionary<string, string>
        {
            ["MembershipReadAllKey"] = $"{Read} where v.cluster = @DeploymentId",

            ["MembershipReadRowKey"] = $"{Read} and m.address = @Address and m.port = @Port and m.generation = @Generation where v.cluster = @DeploymentId",

            ["InsertMembershipVersionKey"] = """
                with made as (insert into membership_version (cluster) values (@DeploymentId) on conflict do nothing returning 1)
                select count(*) > 0 from made
                """,

            ["InsertMembershipKey"] = $"""
                with moved as (
                    update membership_version set version = version + 1, changed_at = clock_timestamp()
                    where cluster = @DeploymentId and version = @Version and not exists (select 1 from membership where {OneSilo})
                    returning 1
                ), made as (
                    insert into membership (cluster, address, port, generation, name, host, status, proxy_port, started_at, alive_at)
                    select @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime from moved
                    returning 1
                )
                select count(*) > 0 from made
                """,

            ["UpdateMembershipKey"] = $"""
                with moved as (
                    update membership_version set version = version + 1, changed_at = clock_timestamp()
                    where cluster = @DeploymentId and version = @Version and exists (select 1 from membership where {OneSilo})
                    returning 1
                ), changed as (
                    update membership set status = @Status, suspected = @SuspectTimes, alive_at = @IAmAliveTime
                    from moved where {OneSilo}
                    returning 1
                )
                select count(*) > 0 from changed
                """,

            ["UpdateIAmAlivetimeKey"] = $"update membership set alive_at = @IAmAliveTime where {OneSilo}",

            ["GatewaysQueryKey"] = """
                select address as Address, proxy_port as ProxyPort, generation as Generation
                from membership where cluster = @DeploymentId and status = @Status and proxy_port > 0
                """,

            ["DeleteMembershipTableEntriesKey"] = """
                delete from membership where cluster = @DeploymentId;
                delete from membership_version where cluster = @DeploymentId
                """,

            // Whoever is active stays, however long it was silent: it must be voted dead first.
            ["CleanupDefunctSiloEntriesKey"] = "delete from membership where cluster = @DeploymentId and alive_at < @IAmAliveTime and status <> 3",
        });
}
