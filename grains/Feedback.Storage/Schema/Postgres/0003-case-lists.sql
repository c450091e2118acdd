alter table cases add column to_supervise boolean not null default false;
comment on column cases.to_supervise is 'Whether supervision should look at it; false in rows of before until they change or are made anew';

create table case_assisting (
    case_id text collate "C" not null,
    node    text collate "C" not null,
    primary key (case_id, node)
);
comment on table case_assisting is 'The units that help with a case, written with its row and made anew with it';

create index case_assisting_by_node on case_assisting (node, case_id);
