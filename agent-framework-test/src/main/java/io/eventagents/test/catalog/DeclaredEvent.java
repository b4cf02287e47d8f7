package io.eventagents.test.catalog;

import io.eventagents.wire.PayloadType;

/**
 * An event that somebody publishes, and so owns, or that an agent reads.
 *
 * @param owner the agent or publisher
 * @param payload what it writes, or its own view of the event
 */
record DeclaredEvent(String owner, PayloadType payload) {}
