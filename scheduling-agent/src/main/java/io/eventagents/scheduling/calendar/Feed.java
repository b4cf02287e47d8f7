package io.eventagents.scheduling.calendar;

import java.time.Instant;
import java.util.UUID;

/** A secret address of an owner's calendar, without the secret. */
record Feed(UUID id, String ownerId, Instant createdAt) {}
