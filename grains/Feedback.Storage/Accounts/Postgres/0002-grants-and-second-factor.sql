-- Before there were roles, administrators read everything in their scope, and that of the whole bureau changed the registers.
alter table accounts.people rename column role to grants;
update accounts.people set grants = case when scope is null then 'system-administrator district-manager' else 'district-manager@' || scope end
    where grants = 'Administrator';
alter table accounts.people drop column scope;

-- The secret of the authenticator app, sealed under a key of the bureau's secrets; null without one.
alter table accounts.people add column factor text;
-- The step of the last code that was accepted: a code is good once.
alter table accounts.people add column factor_step bigint not null default 0;
-- SHA-256 of the recovery codes that are left, in hex, with spaces between.
alter table accounts.people add column recovery_codes text not null default '';
-- Wrong codes since the last right one. Apart from wrong passwords: a right password must not clear them.
alter table accounts.people add column factor_failures integer not null default 0;
alter table accounts.people add column factor_locked_until bigint not null default 0;

-- Whether the account signs in at the bureau's own provider, and who it is there: issuer and subject, known from the first time on.
alter table accounts.people add column external boolean not null default false;
alter table accounts.people add column external_subject text;
create unique index people_external_subject on accounts.people (external_subject);

-- What verbs did while the server may run; it takes them over into the audit trail.
create table accounts.verb_acts (
    id bigint generated always as identity primary key,
    act text not null,
    target text,
    reason text
);
