-- Finding records by cause, by entity, and by any value within their data.

-- Hashes of what the data hold: values, fields with their values, words of texts. Null where the record is not read for them yet.
alter table audit.records add column terms bigint[];

create index records_of_cause on audit.records (causation_id, occurred_at, number);
create index records_of_entity on audit.records (record_key, occurred_at, number);
-- In the order of the log, for comparing the two and for making a part of the index again.
create index records_in_log on audit.records (log, file, position);
create index records_of_terms on audit.records using gin (terms);

-- What is indexed already has no terms: the log is read again.
update audit.logs set file = null, position = null;
