-- Whether a matter's deadline is pending; 0 or 1, and 0 in rows of before until they change, are looked at on the next day, or are made anew.
alter table service_matters add column pending integer not null default 0;
