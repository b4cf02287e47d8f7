-- An ended task is dropped where no reminder is left of it; without this each one reads all reminders, once to look and
-- once for the foreign key.
create index reminders_of_task on reminders (task_id);
