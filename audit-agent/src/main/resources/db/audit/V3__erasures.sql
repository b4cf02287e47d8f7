-- Erasures: asked for, going on after a crash, and what became of them. Not derived from the log, unlike the index.
create table audit.erasures (
  id              text primary key,
  number          bigint not null generated always as identity,
  log_id          uuid not null,          -- each agent works on its own log
  subject         text,                   -- JSON; forgotten when the work is done
  subject_sha256  text not null,
  reason          text not null,
  requested_by    text not null,
  requested_at    timestamptz not null,
  whole_chains    boolean not null,
  correlation_id  text not null,
  requested_event text not null,
  state           text not null check (state in ('requested', 'searching', 'erasing', 'indexing', 'completed')),
  upto_file       text,                   -- where the log ended when the work began
  upto_position   bigint,
  files           integer,
  files_done      integer not null default 0,
  failure         text,                   -- why it does not go on at present
  erased_records  bigint,
  erased_files    bigint,
  erased_bytes    bigint,
  lines_sha256    text,
  completed_at    timestamptz
);

create index erasures_of_log on audit.erasures (log_id, number);

-- The chains that a subject is concerned by: found before anything is erased, since erased payloads no longer tell.
create table audit.erasure_chains (
  erasure        text not null references audit.erasures (id) on delete cascade,
  correlation_id text not null,
  primary key (erasure, correlation_id)
);
