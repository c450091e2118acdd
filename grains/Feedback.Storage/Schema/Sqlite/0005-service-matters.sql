-- What lists know of a service matter, derived from its stream 'matter:<id>'. Stages are words, times milliseconds UTC, flags 0
-- or 1. 'version' is that of the last event in the row; 'number' is the one on the notice, 'hash' the keyed hash of the office's own;
-- 'allowed' is how long it may take; 'broken' says whether the two-visit rule was. No personal text is here.
create table service_matters (
    id        text primary key,
    version   integer not null,
    number    text    not null,
    hash      text    not null,
    node      text    not null,
    item      text    not null,
    online    integer not null,
    stage     text    not null,
    visits    integer not null,
    opened_at integer not null,
    last_at   integer not null,
    allowed   text,
    due_at    integer,
    broken    integer not null,
    overdue   integer not null
) without rowid;

create index service_matters_by_node on service_matters (node, opened_at);
create index service_matters_by_opening on service_matters (opened_at, id);
create index service_matters_by_number on service_matters (number);
create index service_matters_by_hash on service_matters (hash);
