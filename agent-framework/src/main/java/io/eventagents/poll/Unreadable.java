package io.eventagents.poll;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordDeserializationException;

/** Tells failures to read one record from other failures, and why the record cannot be read. */
final class Unreadable {

  private static final String PREFIX = "Received exception when fetching the next record";

  private Unreadable() {}

  /**
   * Whether the client met a record that it cannot parse, for which it has no exception class, or
   * that there is no memory for.
   */
  static boolean isOfOneRecord(Throwable failure) {
    return failure instanceof Error
        || failure instanceof RecordDeserializationException
        || (failure.getClass() == KafkaException.class
            && String.valueOf(failure.getMessage()).startsWith(PREFIX));
  }

  /** Why the record cannot be read. */
  static String reason(Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      return "it does not fit into the memory of this process (%s)".formatted(failure.getMessage());
    }
    Throwable cause = failure.getCause();
    if (cause == null) {
      return String.valueOf(failure);
    }
    return failure instanceof RecordDeserializationException
        ? String.valueOf(cause.getMessage())
        : "it is damaged (%s)".formatted(cause.getMessage());
  }
}
