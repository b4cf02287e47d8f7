-- Messages that wait for the end of quiet hours, or to go with others in a digest. They stay after
-- they were sent, so that an event that comes again is recognised.
create table deferred_messages (
  -- The id of the notification.sent that follows, and the key of the sending.
  message_id     text primary key,
  channel        text not null,
  owner_id       text not null,
  collected      boolean not null,
  due_at         timestamptz not null,
  event_id       text not null,
  event_type     text not null,
  occurred_at    timestamptz not null,
  data           jsonb not null,
  correlation_id text not null,
  causation_id   text not null,
  source         text not null,
  -- The message whose timer sends this one, noted before it is sent.
  batch_id       text,
  attempts       integer not null default 0,
  status         text not null default 'WAITING'
                 check (status in ('WAITING', 'SENT', 'FAILED', 'PASSED_OVER')),
  kept_at        timestamptz not null
);

create index deferred_messages_by_owner on deferred_messages (channel, owner_id)
  where status = 'WAITING';
create index deferred_messages_by_batch on deferred_messages (batch_id);
create index deferred_messages_done on deferred_messages (due_at) where status <> 'WAITING';

-- db-scheduler's table, with a name of our own.
create table timers (
  task_name            text not null,
  task_instance        text not null,
  task_data            bytea,
  execution_time       timestamptz not null,
  picked               boolean not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer,
  last_heartbeat       timestamptz,
  version              bigint not null,
  priority             smallint,
  primary key (task_name, task_instance)
);

create index timers_by_execution_time on timers (execution_time);
create index timers_by_heartbeat on timers (last_heartbeat) where picked;
