package io.eventagents.observation;

import io.eventagents.EventHeaders;
import org.apache.kafka.common.header.Headers;

/**
 * Whether a record's trace is recorded. Only the last digit of its {@code traceparent} is looked
 * at, because the question is asked for every record.
 */
final class Traceparent {

  private static final int LENGTH = 55;

  private Traceparent() {}

  /** Whether it has one that says so. */
  static boolean isSampled(Headers headers) {
    byte[] value = EventHeaders.value(headers, EventHeaders.TRACEPARENT);
    return value != null
        && value.length >= LENGTH
        && (Character.digit(value[LENGTH - 1], 16) & 1) == 1;
  }

  /** Whether it has none: then its sender decides. */
  static boolean isMissing(Headers headers) {
    return EventHeaders.value(headers, EventHeaders.TRACEPARENT) == null;
  }
}
