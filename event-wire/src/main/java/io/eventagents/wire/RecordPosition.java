package io.eventagents.wire;

import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Where a record lies.
 *
 * @param topic the topic
 * @param partition its partition
 * @param offset its offset
 */
public record RecordPosition(String topic, int partition, long offset) {

  private static final int LONGEST_TOPIC = 249;

  /** Where this record was read. */
  public static RecordPosition of(ConsumerRecord<?, ?> record) {
    return new RecordPosition(record.topic(), record.partition(), record.offset());
  }

  /** Reads what {@link #toString} wrote; empty if it is none. */
  public static Optional<RecordPosition> parse(String text) {
    int at = text.lastIndexOf('@');
    int hyphen = text.lastIndexOf('-', at);
    if (hyphen < 1 || at < hyphen || !isTopic(text, hyphen)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new RecordPosition(
              text.substring(0, hyphen),
              number(text, hyphen + 1, at, Integer::parseInt),
              number(text, at + 1, text.length(), Long::parseLong)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Kafka's alphabet; a position may come from a foreign header. */
  private static boolean isTopic(String text, int end) {
    return end <= LONGEST_TOPIC
        && text.chars()
            .limit(end)
            .allMatch(
                c ->
                    (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '.'
                        || c == '_'
                        || c == '-');
  }

  private static <T> T number(String text, int from, int to, Function<String, T> parser) {
    String digits = text.substring(from, to);
    if (digits.isEmpty() || digits.charAt(0) < '0' || digits.charAt(0) > '9') {
      throw new NumberFormatException("No sign is taken");
    }
    return parser.apply(digits);
  }

  /** As the log writes it: {@code task-events-3@17}. */
  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
