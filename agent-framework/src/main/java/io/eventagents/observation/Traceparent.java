package io.eventagents.observation;

import io.eventagents.EventHeaders;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Whether a record's trace is recorded. Only the last digit of its {@code traceparent} is looked
 * at, because the question is asked for every record.
 */
final class Traceparent {

  private static final int LENGTH = 55;

  private Traceparent() {}

  /** Whether it has one that says so. */
  static boolean isSampled(Headers headers) {
    byte[] value = value(headers);
    return value != null
        && value.length >= LENGTH
        && (Character.digit(value[LENGTH - 1], 16) & 1) == 1;
  }

  /** Whether it has none: then its sender decides. */
  static boolean isMissing(Headers headers) {
    return value(headers) == null;
  }

  private static byte @Nullable [] value(Headers headers) {
    Header header = headers.lastHeader(EventHeaders.TRACEPARENT);
    return header == null ? null : header.value();
  }
}
