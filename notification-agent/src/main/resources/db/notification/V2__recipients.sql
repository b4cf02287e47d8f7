-- Who is told, as it was put over HTTP.
create table recipients (
  recipient_id text primary key,
  document     jsonb not null,
  changed_at   timestamptz not null
);
