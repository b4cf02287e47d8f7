-- Records that could not be indexed whole: why. The log has all of them.
alter table audit.records add column in_part text;

create index records_in_part on audit.records (logged_at, number) where in_part is not null;
