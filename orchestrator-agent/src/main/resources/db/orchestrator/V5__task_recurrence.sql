alter table orchestrator.tasks
  -- A rule of RFC 5545 by which the task is due again.
  add column recurrence text,
  -- Whose clocks the rule is read by.
  add column time_zone  text;
