-- An owner's id is foreign text. The key has a digest where the text is long; then the text is here.
alter table deferred_messages add column owner_id_text text;

-- Not jsonb, which refuses some of what JSON may hold: nothing looks into it here.
alter table deferred_messages alter column data type text;
