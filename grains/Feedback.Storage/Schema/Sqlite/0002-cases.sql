-- What lists and searches know of a case, derived from its stream 'case:<id>'. Kinds, channels and stages are words, times
-- milliseconds UTC, flags 0 or 1. 'version' is that of the last event in the row. No personal text is here.
create table cases (
    id              text primary key,
    version         integer not null,
    number          text    not null unique,
    kind            text    not null,
    channel         text    not null,
    stage           text    not null,
    node            text    not null,
    lead            text    not null,
    owner           text,
    category        text,
    external_source text,
    external_number text,
    rating_window   text,
    rating_version  integer,
    opened_at       integer not null,
    day             text    not null,
    closed_at       integer,
    due_at          integer,
    due_clock       text,
    overdue         integer not null,
    supervised      integer not null,
    to_call_back    integer not null,
    merged_into     text,
    unique (external_source, external_number)
) without rowid;

create index cases_by_node on cases (node, stage, opened_at);
create index cases_by_lead on cases (lead, stage, opened_at);
create index cases_by_opening on cases (opened_at, id);
-- Cases without a deadline come last.
create index cases_by_due on cases (coalesce(due_at, 9223372036854775807), id);
create index cases_by_owner on cases (owner, stage);
create index cases_by_day on cases (day);
create index cases_by_rating on cases (rating_window, rating_version);

-- What happened to cases at a node on a local day: integers by code, as JSON in the order of the codes. 'changed' is when the
-- last event was stored that changed the row; 0 where it was only made anew.
create table case_days (
    node    text    not null,
    day     text    not null,
    counts  text    not null,
    changed integer not null,
    primary key (node, day)
) without rowid;

-- How often a command failed since it last went well; 'at' is then when it is tried again.
alter table due add column tries integer not null default 0;
