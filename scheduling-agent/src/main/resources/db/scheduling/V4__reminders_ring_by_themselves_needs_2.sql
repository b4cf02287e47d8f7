-- Instances from before version 2 insert no ring_at, and look for the timers that version 2 dropped. Version 2 is older than
-- the rule that such a migration says so in its name; this one says it for both.
comment on column reminders.ring_at is 'when to look at it: its time, or later if it could not be fired; since version 2 the reminders are their own timers';
