-- Times are milliseconds UTC. Identities, references and salts are 16 bytes, digests 32.

-- Facts about this database by name. 'generation' is the id of its life: made once, renewed by a restore.
create table meta (
    name  text primary key,
    value text not null
) without rowid;

create table streams (
    id   integer primary key,
    name text not null unique
);

-- The one truth: a row per append, never changed. 'version' is that of the first event, 'at' never decreases within a
-- stream, 'events' is a JSON array whose elements are the bytes that were hashed, 'digest' is the chain's after the last.
create table journal (
    stream  integer not null,
    version integer not null,
    count   integer not null,
    at      integer not null,
    events  text    not null,
    digest  blob    not null,
    unique (stream, version)
);

-- Identities whose own time is not near the time they were stored, so that a look-up by time would miss them.
create table late_ids (
    stream   integer not null,
    identity blob    not null,
    version  integer not null,
    primary key (stream, identity)
) without rowid;

-- Erasing sets salt and ciphertext, or the wrapped key, to null; the rows stay.
create table personal (
    ref        blob primary key,
    subject    blob    not null,
    kind       integer not null,
    salt       blob,
    ciphertext blob
) without rowid;

create table subject_keys (
    subject        blob primary key,
    master_version integer not null,
    wrapped        blob
) without rowid;

-- A window's exact days. 'fold' is the revision of the counting rules, 'tally' JSON keyed by code, 'matters' packed;
-- the counts in columns repeat the tally's main ones for tools that read tables.
create table node_days (
    node             text    not null,
    day              text    not null,
    hall             text    not null,
    parent           text    not null,
    version          integer not null,
    changed_at       integer not null,
    fold             integer not null,
    active_5         integer not null,
    active_4         integer not null,
    active_3         integer not null,
    active_2         integer not null,
    active_1         integer not null,
    default_graded   integer not null,
    callback_graded  integer not null,
    declined         integer not null,
    excluded         integer not null,
    matters_finished integer not null,
    matters_rated    integer not null,
    tally            text    not null,
    matters          blob    not null,
    primary key (node, day)
) without rowid;

create index node_days_by_parent on node_days (parent, day);
create index node_days_by_change on node_days (node, changed_at);

-- Every event of the window up to 'version' is in its stored days.
create table days_through (
    node    text primary key,
    version integer not null,
    fold    integer not null
) without rowid;

-- Commands to perform from a time on: timer and outbox in one.
create table due (
    key     text primary key,
    shard   integer not null,
    at      integer not null,
    command text    not null
) without rowid;

create index due_by_time on due (shard, at);

create view journal_events as
-- One line per event: the stream's name, the event's own version, the time of its row, its kind, and its text.
select s.name as stream,
       j.version + e.key as version,
       j.at as at,
       json_extract(e.value, '$.kind') as kind,
       e.value as event
from journal j
join streams s on s.id = j.stream
join json_each(j.events) e;
