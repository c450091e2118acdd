-- The keys under which sessions and forms are sealed, wrapped by the master key: silos share them.
create table accounts.session_keys (
    name text collate "C" primary key,
    xml  text not null
);
