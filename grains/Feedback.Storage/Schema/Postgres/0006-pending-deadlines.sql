alter table service_matters add column pending boolean not null default false;
comment on column service_matters.pending is 'Whether its deadline is pending; false in rows of before until they change, are looked at on the next day, or are made anew';
