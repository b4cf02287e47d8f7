package io.eventagents.test.catalog;

import io.eventagents.wire.PayloadType;
import io.eventagents.wire.PayloadTypes;

/** Schemas of payload records. */
final class Schemas {

  private Schemas() {}

  static PayloadType payload(Class<?> recordClass) {
    return PayloadTypes.of(recordClass).all().getFirst();
  }

  static EventSchema of(Class<?> recordClass) {
    return EventSchema.of(payload(recordClass));
  }
}
