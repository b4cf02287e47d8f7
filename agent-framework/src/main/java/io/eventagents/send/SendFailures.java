package io.eventagents.send;

import java.util.concurrent.CompletionException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;

/** Distinguishes a record that can never be sent from a broker that cannot take it now. */
public final class SendFailures {

  private SendFailures() {}

  /** What failed, without the exception that a future wraps it in. */
  public static Throwable cause(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  /** Whether sending the same record again would fail in the same way. */
  public static boolean concernTheRecord(Throwable failure) {
    return failure instanceof RecordTooLargeException
        || failure instanceof RecordBatchTooLargeException
        || failure instanceof InvalidRecordException
        || failure instanceof InvalidTimestampException
        || failure instanceof InvalidTopicException
        || failure instanceof SerializationException
        || failure instanceof UnsupportedForMessageFormatException;
  }

  /** What the agent waits for after this failure, in an operator's words. */
  public static String inWords(Throwable failure) {
    return "Kafka ("
        + (failure instanceof AuthorizationException
            ? failure.getMessage()
            : failure.getClass().getSimpleName())
        + ")";
  }
}
