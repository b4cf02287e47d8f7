package io.eventagents.outbox;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;

/**
 * Why a record can never be sent, however often it is tried.
 *
 * <p>Only what Kafka says of the record itself counts. All else (no connection, no leader, no
 * permission, a topic that does not exist yet, and what nobody thought of) may pass, and must not
 * take a record out of the order.
 *
 * @param reason for the person who looks into it
 */
record Refusal(String reason) {

  private static final Set<Class<? extends Throwable>> OF_THE_RECORD =
      Set.of(
          RecordTooLargeException.class,
          RecordBatchTooLargeException.class,
          InvalidTopicException.class,
          InvalidRecordException.class,
          InvalidTimestampException.class,
          UnsupportedForMessageFormatException.class,
          SerializationException.class);

  /** The refusal that this failure of a send means, if it is one. */
  static Optional<Refusal> of(Throwable failure) {
    for (Throwable next = failure; next != null; next = next.getCause()) {
      Throwable cause = next;
      if (OF_THE_RECORD.stream().anyMatch(type -> type.isInstance(cause))) {
        return Optional.of(
            new Refusal(cause.getClass().getSimpleName() + ": " + cause.getMessage()));
      }
    }
    return Optional.empty();
  }
}
