alter table cases add column urged boolean not null default false;
comment on column cases.urged is 'Whether somebody asked to hurry and the citizen has had no answer since; false in rows of before until they change or are made anew';
