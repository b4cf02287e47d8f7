-- Which instance sends the outbox, and until when it may: one row. It is changed every few seconds, in one statement
-- of its own, so that neither a session nor an open transaction of an instance that is gone keeps it.
CREATE TABLE outbox_lead (
  one        boolean     NOT NULL DEFAULT true PRIMARY KEY CHECK (one),
  holder     uuid,
  term       bigint      NOT NULL DEFAULT 0,
  expires_at timestamptz NOT NULL DEFAULT '-infinity'
) WITH (fillfactor = 50);

COMMENT ON COLUMN outbox_lead.holder IS 'the relay that sends; null where none does';
COMMENT ON COLUMN outbox_lead.term IS 'counts who took the lead';
COMMENT ON COLUMN outbox_lead.expires_at IS 'by the clock of the database; the holder puts it off while it is alive';
