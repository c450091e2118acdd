-- When a verb did it, milliseconds UTC; null in notes from before that was kept.
alter table verb_acts add column at bigint;
