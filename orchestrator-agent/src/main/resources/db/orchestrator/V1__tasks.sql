create table orchestrator.tasks (
  id         text primary key,
  -- The order in which tasks were taken, for listing: it does not depend on clocks.
  position   bigint generated always as identity unique,
  title      text not null,
  owner_id   text not null,
  priority   smallint not null check (priority between 1 and 5),
  due_at     timestamptz,
  status     text not null check (status in ('created', 'completed', 'deleted')),
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create index tasks_of_owner on orchestrator.tasks (owner_id, position desc);
create index tasks_in_status on orchestrator.tasks (status, position desc);
