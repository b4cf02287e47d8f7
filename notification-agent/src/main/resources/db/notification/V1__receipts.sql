-- What receipts are about. A digest is one message and tells of several events, a row for each.
create table sent_messages (
  channel        text not null,
  message_id     text not null,
  event_id       text not null,
  correlation_id text not null,
  task_id        text not null,
  recipient      text not null,
  sent_at        timestamptz not null,
  -- What was published of it: a receipt that comes again publishes nothing.
  outcomes       text[] not null default '{}',
  primary key (channel, message_id, event_id)
);

create index sent_messages_by_time on sent_messages (sent_at);

-- A provider may be quicker than the row above: what its receipt says waits here for a while.
create table early_receipts (
  channel     text not null,
  message_id  text not null,
  outcome     text not null,
  happened_at timestamptz,
  reason      text,
  permanent   boolean not null,
  received_at timestamptz not null,
  primary key (channel, message_id, outcome)
);

create index early_receipts_by_time on early_receipts (received_at);
