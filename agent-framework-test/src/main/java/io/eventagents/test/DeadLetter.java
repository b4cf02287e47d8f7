package io.eventagents.test;

import io.eventagents.deadletter.DeadLetterHeaders;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * An event that an agent gave up, as it is in the agent's dead letters.
 *
 * @param record the dead letter itself: key, value and headers of the original, and the reason
 */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record) {

  /** Why it was given up. */
  public String reason() {
    return header(DeadLetterHeaders.REASON);
  }

  /** The name of the class of what was thrown. */
  public String exception() {
    return header(DeadLetterHeaders.EXCEPTION);
  }

  /** How often it was tried. */
  public int attempts() {
    return Integer.parseInt(header(DeadLetterHeaders.ATTEMPTS));
  }

  /** The value as text; null if it has none. */
  public @Nullable String value() {
    return RecordText.of(record.value());
  }

  /** The key as text; null if it has none. */
  public @Nullable String key() {
    return RecordText.of(record.key());
  }

  /** Whether this is what became of that record. */
  public boolean isOf(SentRecord sent) {
    return sent.topic().equals(header(DeadLetterHeaders.TOPIC))
        && String.valueOf(sent.partition()).equals(header(DeadLetterHeaders.PARTITION))
        && String.valueOf(sent.offset()).equals(header(DeadLetterHeaders.OFFSET));
  }

  private String header(String name) {
    String value = RecordText.header(record.headers(), name);
    return value == null ? "" : value;
  }

  @Override
  public String toString() {
    return "DeadLetter[" + value() + ", given up after " + attempts() + ": " + reason() + "]";
  }
}
