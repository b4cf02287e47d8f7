package io.eventagents.test.catalog;

import io.eventagents.wire.PayloadType;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An event type of the catalog.
 *
 * @param owners the agents and publishers that publish it, sorted
 * @param payload the payload that they write
 * @param schema the schema of the whole event
 */
record PublishedEvent(SortedSet<String> owners, PayloadType payload, EventSchema schema) {

  static PublishedEvent of(DeclaredEvent event) {
    return new PublishedEvent(
        new TreeSet<>(Set.of(event.owner())), event.payload(), EventSchema.of(event.payload()));
  }

  PublishedEvent alsoBy(String owner) {
    SortedSet<String> all = new TreeSet<>(owners);
    all.add(owner);
    return new PublishedEvent(all, payload, schema);
  }

  String type() {
    return payload.eventType();
  }
}
