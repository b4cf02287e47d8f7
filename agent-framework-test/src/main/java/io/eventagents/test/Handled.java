package io.eventagents.test;

import io.eventagents.RejectedEvent;
import io.eventagents.deadletter.DeadLetterHeaders;
import io.eventagents.wire.MalformedEvent;
import io.eventagents.wire.RunawayChain;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** What became of a record that an agent was given. */
sealed interface Handled {

  /** The record. */
  ConsumerRecord<byte[], byte[]> record();

  /** What the agent threw. */
  default @Nullable Throwable thrown() {
    return null;
  }

  /** Fails if an event of the history was not handled. */
  default void requireHandled(Given given) {
    if (!(this instanceof Emitted)) {
      throw new AssertionError(
          "The earlier event %s was not handled: %s".formatted(given, this), thrown());
    }
  }

  /** The agent handled it. */
  record Emitted(
      ConsumerRecord<byte[], byte[]> record, List<ProducerRecord<byte[], byte[]>> records)
      implements Handled {

    @Override
    public String toString() {
      return records.isEmpty() ? "emitted nothing" : "emitted " + records.size() + " event(s)";
    }
  }

  /** It is not addressed to the agent. */
  record Skipped(ConsumerRecord<byte[], byte[]> record, String reason) implements Handled {

    @Override
    public String toString() {
      return "skipped it: " + reason;
    }
  }

  /** The agent waits for something else. */
  record Unavailable(
      ConsumerRecord<byte[], byte[]> record, String dependency, @Nullable Throwable thrown)
      implements Handled {

    @Override
    public String toString() {
      return "waits for '" + dependency + "'";
    }
  }

  /**
   * The event went to the dead letters.
   *
   * @param records the dead letter, and the event that tells of it
   * @param exception the name of the class of what was thrown
   */
  record GivenUp(
      ConsumerRecord<byte[], byte[]> record,
      List<ProducerRecord<byte[], byte[]>> records,
      String reason,
      String exception,
      @Nullable Throwable thrown)
      implements Handled {

    static GivenUp of(
        ConsumerRecord<byte[], byte[]> record,
        List<ProducerRecord<byte[], byte[]>> records,
        @Nullable Throwable thrown) {
      ProducerRecord<byte[], byte[]> letter = records.getFirst();
      return new GivenUp(
          record,
          records,
          Objects.requireNonNull(RecordText.header(letter.headers(), DeadLetterHeaders.REASON)),
          Objects.requireNonNull(RecordText.header(letter.headers(), DeadLetterHeaders.EXCEPTION)),
          thrown);
    }

    /** Whether a repetition could not help. */
    boolean isRejection() {
      for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
        if (cause instanceof RejectedEvent) {
          return true;
        }
      }
      return exception.equals(MalformedEvent.class.getName())
          || exception.equals(RunawayChain.class.getName());
    }

    @Override
    public String toString() {
      return (isRejection() ? "rejected it: " : "failed: ") + reason;
    }
  }
}
