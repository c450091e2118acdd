create table reported (
    stream  text collate "C" primary key,
    version bigint not null
);
comment on table reported is 'Everything of a stream up to version was reported to the higher platform, or stands among the rejected items';

create table reported_batches (
    id       text collate "C" primary key,
    parts    text collate "C" not null,
    begun    bigint  not null,
    ended    bigint,
    items    integer not null default 0,
    rejected integer not null default 0,
    one      integer not null default 1
);
comment on table reported_batches is 'What is sent together, planned before it is sent; at most one is under way (ended is null), and one that ended is kept';

create unique index reported_batches_under_way on reported_batches (one) where ended is null;

create table reported_days (
    day      text collate "C" not null,
    kind     text collate "C" not null,
    reported bigint not null default 0,
    theirs   bigint,
    ours     bigint,
    compared bigint,
    primary key (day, kind)
);
comment on table reported_days is 'How many items of a local day the platform took, and what it said that it has: theirs at compared, when it had taken ours';

create table reported_rejects (
    id      text collate "C" primary key,
    kind    text collate "C" not null,
    stream  text collate "C" not null,
    version bigint  not null,
    day     text collate "C" not null,
    reason  text collate "C" not null,
    at      bigint  not null,
    batch   text collate "C" not null,
    known   boolean not null,
    again   boolean not null
);
comment on table reported_rejects is 'Items that the platform, or the mapping, did not want; known where the platform has an earlier state, again where somebody wants them sent again';

create index reported_rejects_by_time on reported_rejects (at);
create index reported_rejects_again on reported_rejects (at) where again;
