-- The member of staff whose account it is, by their code; null for nobody. Kept when the account is disabled: who acted is known on.
alter table accounts.people add column staff text;
create unique index people_staff on accounts.people (staff);
