-- A database of the first release has this table already, and no list of scripts.
create table if not exists accounts.people (
    id text primary key,
    name text not null,
    name_key text not null unique,
    password_hash text not null,
    security_stamp text not null,
    concurrency_stamp text not null,
    failures integer not null,
    locked_until bigint not null,
    role text not null,
    scope text,
    disabled boolean not null
);
