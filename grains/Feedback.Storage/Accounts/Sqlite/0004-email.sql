-- Where somebody is written to about cases; null for nowhere, and again once the account is disabled.
alter table people add column email text;
