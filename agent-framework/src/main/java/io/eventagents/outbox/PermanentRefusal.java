package io.eventagents.outbox;

import io.eventagents.send.SendFailures;
import java.util.Optional;

/**
 * Why a record can never be sent, however often it is tried.
 *
 * <p>Only what Kafka says of the record itself counts. All else (no connection, no leader, no
 * permission, a topic that does not exist yet, and what nobody thought of) may pass, and must not
 * take a record out of the order.
 *
 * @param reason for the person who looks into it
 */
record PermanentRefusal(String reason) {

  /** The refusal that this failure of a send means, if it is one. */
  static Optional<PermanentRefusal> of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (SendFailures.concernTheRecord(cause)) {
        return Optional.of(
            new PermanentRefusal(cause.getClass().getSimpleName() + ": " + cause.getMessage()));
      }
    }
    return Optional.empty();
  }
}
