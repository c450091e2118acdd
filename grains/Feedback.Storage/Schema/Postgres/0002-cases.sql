create table cases (
    id              text collate "C" primary key,
    version         bigint   not null,
    number          text collate "C" not null constraint cases_number unique,
    kind            text collate "C" not null,
    channel         text collate "C" not null,
    stage           text collate "C" not null,
    node            text collate "C" not null,
    lead            text collate "C" not null,
    owner           text collate "C",
    category        text collate "C",
    external_source text collate "C",
    external_number text collate "C",
    rating_window   text collate "C",
    rating_version  bigint,
    opened_at       bigint   not null,
    day             date     not null,
    closed_at       bigint,
    due_at          bigint,
    due_clock       text collate "C",
    overdue         boolean  not null,
    supervised      boolean  not null,
    to_call_back    boolean  not null,
    merged_into     text collate "C",
    constraint cases_external unique (external_source, external_number)
);
comment on table cases is 'What lists and searches know of a case, derived from its stream case:<id>; version is that of the last event in the row; no personal text';
comment on column cases.due_at is 'The next deadline of a clock that runs, milliseconds UTC; null where none runs or the deadline is pending';

create index cases_by_node on cases (node, stage, opened_at);
create index cases_by_lead on cases (lead, stage, opened_at);
create index cases_by_opening on cases (opened_at, id);
-- Cases without a deadline come last.
create index cases_by_due on cases (coalesce(due_at, 9223372036854775807), id);
create index cases_by_owner on cases (owner, stage);
create index cases_by_day on cases (day);
create index cases_by_rating on cases (rating_window, rating_version);

create table case_days (
    node    text collate "C" not null,
    day     date   not null,
    counts  text collate "C" not null,
    changed bigint not null,
    primary key (node, day)
);
comment on table case_days is 'What happened to cases at a node on a local day: integers by code, as JSON in the order of the codes';
comment on column case_days.changed is 'When the last event was stored that changed the row, milliseconds UTC; 0 where it was only made anew';

alter table due add column tries integer not null default 0;
comment on column due.tries is 'How often the command failed since it last went well; at is then when it is tried again';
