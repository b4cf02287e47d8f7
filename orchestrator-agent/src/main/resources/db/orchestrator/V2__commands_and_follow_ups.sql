-- Counts the changes of a task; its ETag.
alter table orchestrator.tasks add column version bigint not null default 1;

-- What happened to tasks, as it was published; of tasks that are older than this table, what happened since.
create table orchestrator.task_events (
  position       bigint generated always as identity primary key,
  task_id        text not null,
  event_id       text not null,
  event_type     text not null,
  occurred_at    timestamptz not null,
  correlation_id text not null,
  causation_id   text not null,
  source         text not null,
  data           text not null
);

create index task_events_of_task on orchestrator.task_events (task_id, position);

create table orchestrator.idempotency_keys (
  caller     text not null,
  key        text not null,
  -- Of the request that it came with first.
  digest     bytea not null,
  created_at timestamptz not null,
  -- The answer; written in the transaction that claims the key, so that nobody else sees it missing.
  status     smallint,
  media_type text,
  body       text,
  location   text,
  etag       text,
  primary key (caller, key)
);

create index idempotency_keys_by_age on orchestrator.idempotency_keys (created_at);

-- What should follow an event. Where what follows came first, the deadline is missing until its cause has come too.
create table orchestrator.follow_ups (
  cause_id       text not null,
  event_type     text not null,
  correlation_id text not null,
  cause_type     text,
  task_id        text,
  -- Which of those of its cause it is.
  ordinal        smallint,
  deadline       timestamptz,
  missed_at      timestamptz,
  followed_at    timestamptz,
  followed_by    text,
  created_at     timestamptz not null,
  primary key (cause_id, event_type)
);

create index follow_ups_awaited on orchestrator.follow_ups (deadline)
  where deadline is not null and missed_at is null and followed_at is null;
create index follow_ups_of_task on orchestrator.follow_ups (task_id, created_at) where task_id is not null;
create index follow_ups_by_deadline on orchestrator.follow_ups (deadline) where deadline is not null;
create index follow_ups_that_came_first on orchestrator.follow_ups (created_at) where deadline is null;

-- All that followed, also more than one of a type.
create table orchestrator.followers (
  event_id       text primary key,
  cause_id       text not null,
  event_type     text not null,
  occurred_at    timestamptz not null,
  correlation_id text not null,
  source         text not null,
  created_at     timestamptz not null
);

create index followers_of_cause on orchestrator.followers (cause_id);
create index followers_by_age on orchestrator.followers (created_at);
