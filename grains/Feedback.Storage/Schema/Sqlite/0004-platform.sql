-- Everything of a stream up to 'version' was reported to the higher platform, or stands among the rejected items.
create table reported (
    stream  text primary key,
    version integer not null
) without rowid;

-- What is sent together, planned before it is sent; at most one is under way ('ended' is null), and one that ended is kept.
create table reported_batches (
    id       text primary key,
    parts    text    not null,
    begun    integer not null,
    ended    integer,
    items    integer not null default 0,
    rejected integer not null default 0,
    one      integer not null default 1
) without rowid;

create unique index reported_batches_under_way on reported_batches (one) where ended is null;

-- How many items of a local day the platform took, and what it said that it has: 'theirs' at 'compared', when it had taken 'ours'.
create table reported_days (
    day      text    not null,
    kind     text    not null,
    reported integer not null default 0,
    theirs   integer,
    ours     integer,
    compared integer,
    primary key (day, kind)
) without rowid;

-- Items that the platform, or the mapping, did not want; 'known' where the platform has an earlier state of them, 'again' where
-- somebody wants them sent again.
create table reported_rejects (
    id      text primary key,
    kind    text    not null,
    stream  text    not null,
    version integer not null,
    day     text    not null,
    reason  text    not null,
    at      integer not null,
    batch   text    not null,
    known   integer not null,
    again   integer not null
) without rowid;

create index reported_rejects_by_time on reported_rejects (at);
create index reported_rejects_again on reported_rejects (at) where again = 1;
