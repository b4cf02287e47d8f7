package io.eventagents.test.catalog;

import io.eventagents.wire.PayloadType;

/**
 * An event that an agent or a publisher publishes and therefore owns.
 *
 * @param owner the agent or publisher
 * @param payload the payload that it writes
 */
record EmittedEvent(String owner, PayloadType payload) {}
