-- Ids of events and tasks are foreign text. A key has a digest where the text is long; then the text is here.
alter table orchestrator.follow_ups
  add column cause_id_text text,
  add column task_id_text  text;

alter table orchestrator.followers
  add column event_id_text text,
  add column cause_id_text text;
