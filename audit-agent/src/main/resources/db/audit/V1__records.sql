-- The index of the audit log: derived from its files, never the truth. It may be dropped and is then made again.

-- One row per log: how far it is indexed. Written in the transaction of the records.
create table audit.logs (
  id        integer generated always as identity primary key,
  log_id    uuid not null unique,
  directory text not null,
  file      text,
  position  bigint
);

-- One row per line of the log.
create table audit.records (
  topic_id         uuid not null,
  topic            text not null,
  partition        integer not null,
  "offset"         bigint not null,
  number           bigint not null generated always as identity,  -- in the order of indexing
  log              integer not null references audit.logs (id),
  file             text not null,
  position         bigint not null,
  length           integer not null,
  logged_at        timestamptz not null,
  record_timestamp timestamptz,
  record_key       text,
  headers          text not null,
  payload          text not null,    -- event (JSON), raw (other bytes) or none
  event_id         text,
  event_type       text,             -- null where the record has no readable type
  source           text,
  correlation_id   text,             -- the chain: the event id where the event names none
  causation_id     text,
  occurred_at      timestamptz not null,
  metadata         text,             -- JSON as it was sent; text, since jsonb takes neither every number nor every character
  data             text,             -- JSON as it was sent
  mismatches       text,             -- JSON: where headers and body disagree
  primary key (topic_id, topic, partition, "offset")
);

create index records_of_chain on audit.records (correlation_id, occurred_at, number);
create index records_of_event on audit.records (event_id, number);
create index records_of_type on audit.records (event_type, occurred_at, number);
create index records_of_source on audit.records (source, occurred_at, number);
create index records_in_time on audit.records (occurred_at, number);
create index records_unreadable on audit.records (occurred_at, number) where event_type is null;
