package io.eventagents.test.catalog;

import io.eventagents.wire.PayloadType;

/**
 * An event that an agent reads.
 *
 * @param reader the name of the agent
 * @param payload its own view of the event
 */
record TakenEvent(String reader, PayloadType payload) {}
