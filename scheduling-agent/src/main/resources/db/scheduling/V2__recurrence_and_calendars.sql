alter table tasks
  add column priority      smallint not null default 1,
  add column recurrence    text,
  add column time_zone     text,
  -- Which time of its series the task is due next, from 1, and when; of one that does not recur, its due time.
  add column occurrence    integer not null default 1,
  add column occurrence_at timestamptz,
  add column ended_at      timestamptz;

update tasks set occurrence_at = due_at;
update tasks set ended_at = now() where ended;

alter table reminders
  add column time_zone  text,
  -- Of which time of the task's series it reminds.
  add column occurrence integer not null default 1,
  -- Somebody chose its time: what is planned next does not wait for it.
  add column snoozed    boolean not null default false,
  -- When to look at it: its time, or later where it could not be fired.
  add column ring_at    timestamptz,
  add column failures   integer not null default 0;

update reminders set ring_at = remind_at;
alter table reminders alter column ring_at set not null;

create index reminders_to_ring on reminders (ring_at) where status = 'SCHEDULED';
create index past_reminders on reminders (changed_at) where status <> 'SCHEDULED';
create index ended_tasks on tasks (ended_at) where ended;

-- The reminders are their own timers.
drop table timers;

-- Who knows the secret of a feed reads its owner's calendar.
create table feeds (
  feed_id      uuid primary key,
  owner_id     text not null,
  token_digest bytea not null unique,
  created_at   timestamptz not null
);

create index feeds_of_owner on feeds (owner_id, created_at);

-- What is, or is to be, on calendar servers: one row per reminder and owner.
create table calendar_objects (
  reminder_id uuid not null,
  owner_id    text not null,
  -- The setting that names the calendar.
  calendar    text not null,
  wanted      text not null check (wanted in ('PRESENT', 'ABSENT')),
  -- Grows with each wish, so that the answer to an older one does not settle a newer.
  wish        bigint not null default 1,
  settled     boolean not null default false,
  -- What the server called the object's state; null where it never answered.
  etag        text,
  try_at      timestamptz not null,
  failures    integer not null default 0,
  primary key (reminder_id, owner_id)
);

create index calendar_objects_to_push on calendar_objects (calendar, try_at) where not settled;
