-- Whether supervision should look at a case; 0 or 1, and 0 in rows of before until they change or are made anew.
alter table cases add column to_supervise integer not null default 0;

-- The units that help with a case (协办), written with its row and made anew with it.
create table case_assisting (
    case_id text not null,
    node    text not null,
    primary key (case_id, node)
) without rowid;

create index case_assisting_by_node on case_assisting (node, case_id);
