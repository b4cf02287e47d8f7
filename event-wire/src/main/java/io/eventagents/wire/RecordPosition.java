package io.eventagents.wire;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Where a record lies.
 *
 * @param topic the topic
 * @param partition its partition
 * @param offset its offset
 */
public record RecordPosition(String topic, int partition, long offset) {

  /** With a topic that Kafka can have: a position may come from a foreign header. */
  private static final Pattern POSITION =
      Pattern.compile("([A-Za-z0-9._-]{1,249})-([0-9]+)@([0-9]+)");

  /** Where this record was read. */
  public static RecordPosition of(ConsumerRecord<?, ?> record) {
    return new RecordPosition(record.topic(), record.partition(), record.offset());
  }

  /** Reads what {@link #toString} wrote; empty if it is none. */
  public static Optional<RecordPosition> parse(String text) {
    Matcher position = POSITION.matcher(text);
    if (!position.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new RecordPosition(
              position.group(1),
              Integer.parseInt(position.group(2)),
              Long.parseLong(position.group(3))));
    } catch (NumberFormatException beyondTheRange) {
      return Optional.empty();
    }
  }

  /** As the log writes it: {@code task-events-3@17}. */
  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
