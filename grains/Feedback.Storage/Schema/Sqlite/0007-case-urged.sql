-- Whether somebody asked to hurry with a case and the citizen has had no answer since; 0 or 1, and 0 in rows of before until they change or are made anew.
alter table cases add column urged integer not null default 0;
