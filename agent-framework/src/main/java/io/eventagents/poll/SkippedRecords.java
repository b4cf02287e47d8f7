package io.eventagents.poll;

import io.eventagents.InvalidSetting;
import io.eventagents.wire.RecordPosition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/** The records that an operator has named to be skipped. */
public final class SkippedRecords {

  /** None. */
  public static final SkippedRecords NONE = new SkippedRecords(List.of());

  private final Map<TopicPartition, NavigableSet<Long>> offsets = new HashMap<>();

  /**
   * @param positions such as {@code task-events-3@1234}
   * @throws InvalidSetting if one of them is not a position
   */
  public SkippedRecords(List<String> positions) {
    for (String text : positions) {
      RecordPosition position =
          RecordPosition.parse(text.strip())
              .orElseThrow(
                  () ->
                      new InvalidSetting(
                          "event-agents.skip has '%s'".formatted(text),
                          "Name topic, partition and offset, such as task-events-3@1234."));
      offsets
          .computeIfAbsent(
              new TopicPartition(position.topic(), position.partition()),
              partition -> new TreeSet<>())
          .add(position.offset());
    }
  }

  boolean isEmpty() {
    return offsets.isEmpty();
  }

  boolean concern(TopicPartition partition) {
    return offsets.containsKey(partition);
  }

  /** Whether one of these offsets is named. */
  boolean contain(TopicPartition partition, long from, long to) {
    NavigableSet<Long> named = offsets.get(partition);
    if (named == null) {
      return false;
    }
    Long next = named.ceiling(from);
    return next != null && Objects.requireNonNull(next) <= to;
  }
}
