package io.eventagents.test.catalog;

import io.eventagents.wire.PayloadType;

/**
 * An event that somebody publishes, and so owns.
 *
 * @param owner the agent or publisher
 * @param payload what it writes
 */
record EmittedEvent(String owner, PayloadType payload) {}
