package io.eventagents.wire;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Where a record lies.
 *
 * @param topic the topic
 * @param partition its partition
 * @param offset its offset
 */
public record RecordPosition(String topic, int partition, long offset) {

  /** Where this record was read. */
  public static RecordPosition of(ConsumerRecord<?, ?> record) {
    return new RecordPosition(record.topic(), record.partition(), record.offset());
  }

  /** Reads what {@link #toString} wrote; empty where it is none. */
  public static Optional<RecordPosition> parse(String text) {
    int at = text.lastIndexOf('@');
    int hyphen = text.lastIndexOf('-', at);
    if (hyphen < 1 || at < hyphen) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new RecordPosition(
              text.substring(0, hyphen),
              Integer.parseUnsignedInt(text, hyphen + 1, at, 10),
              Long.parseUnsignedLong(text, at + 1, text.length(), 10)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** As the log writes it: {@code task-events-3@17}. */
  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
