create table service_matters (
    id        text collate "C" primary key,
    version   bigint  not null,
    number    text collate "C" not null,
    hash      text collate "C" not null,
    node      text collate "C" not null,
    item      text collate "C" not null,
    online    boolean not null,
    stage     text collate "C" not null,
    visits    integer not null,
    opened_at bigint  not null,
    last_at   bigint  not null,
    allowed   text collate "C",
    due_at    bigint,
    broken    boolean not null,
    overdue   boolean not null
);
comment on table service_matters is 'What lists know of a service matter, derived from its stream matter:<id>; version is that of the last event in the row; no personal text';
comment on column service_matters.number is 'The number on the notice';
comment on column service_matters.hash is 'The keyed hash of the office''s own number';
comment on column service_matters.allowed is 'How long it may take; null where nothing was promised';
comment on column service_matters.due_at is 'Until when it must be completed, milliseconds UTC; null without a limit, while documents are waited for, where it is pending, and at the end';
comment on column service_matters.broken is 'Whether the two-visit rule was broken';

create index service_matters_by_node on service_matters (node, opened_at);
create index service_matters_by_opening on service_matters (opened_at, id);
create index service_matters_by_number on service_matters (number);
create index service_matters_by_hash on service_matters (hash);
