-- Addresses that a provider said do not exist any more. No message goes to them until the recipient
-- is written anew, or until the time is over for which they are remembered.
create table gone_addresses (
  -- An owner's id is foreign text: a digest where it is long.
  owner_id       text not null,
  channel        text not null,
  -- SHA-256: an address may be a secret, as the endpoint of a browser is.
  address_digest text not null,
  reason         text not null,
  -- When the message was sent that showed it. A message from before a reset shows nothing.
  sent_at        timestamptz not null,
  gone_since     timestamptz not null,
  primary key (owner_id, channel, address_digest)
);

create index gone_addresses_by_time on gone_addresses (gone_since);

-- When an owner's addresses were last taken back, written anew or erased. The providers' reports of
-- older messages may still come.
create table gone_address_resets (
  -- SHA-256: the owner may have been erased.
  owner_digest text primary key,
  reset_at     timestamptz not null
);

create index gone_address_resets_by_time on gone_address_resets (reset_at);

-- Whose address a receipt is about. Null in rows of older versions.
alter table sent_messages add column owner_id text;

-- Whether the receipt says that the address does not exist.
alter table early_receipts add column address_gone boolean not null default false;
