-- What is known of each task. The row is the lock that orders a task's events and timers, and stays
-- after the task's end, so that a late task.created makes no reminder.
create table tasks (
  task_id  text primary key,
  owner_id text,
  title    text,
  due_at   timestamptz,
  ended    boolean not null default false
);

create table reminders (
  reminder_id    uuid primary key,
  task_id        text not null references tasks,
  owner_id       text not null,
  title          text not null,
  due_at         timestamptz,
  remind_at      timestamptz not null,
  status         text not null check (status in ('SCHEDULED', 'FIRED', 'CANCELLED')),
  -- Grows with each change that a calendar program is to notice (RFC 5545, section 3.8.7.4).
  sequence       integer not null,
  -- The chain that reminder.due continues, and the event in it that causes it.
  correlation_id text not null,
  cause_id       text not null,
  changed_at     timestamptz not null
);

create index reminders_by_owner on reminders (owner_id, remind_at);
create index pending_reminders_by_task on reminders (task_id) where status = 'SCHEDULED';

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
