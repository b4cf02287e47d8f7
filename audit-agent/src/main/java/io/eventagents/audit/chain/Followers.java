package io.eventagents.audit.chain;

import io.eventagents.audit.index.OutlinedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Finds what follows an event by the fields of both. It reads each event once, so that chains of
 * thousands of events are judged as fast as they are read.
 */
final class Followers {

  private final Map<String, List<OutlinedEvent>> byType = new HashMap<>();
  private final Map<Expectation, Map<List<JsonNode>, Long>> last = new HashMap<>();

  /**
   * @param events the events to search
   */
  Followers(Iterable<OutlinedEvent> events) {
    for (OutlinedEvent event : events) {
      if (event.eventType() != null) {
        byType.computeIfAbsent(event.eventType(), type -> new ArrayList<>()).add(event);
      }
    }
  }

  /** Whether an expected event was logged after this one. */
  boolean follow(OutlinedEvent event, Expectation expectation) {
    Long number =
        last.computeIfAbsent(expectation, this::lastOf).get(told(event, expectation.same()));
    return number != null && number > event.number();
  }

  /** Whether the event has all these fields. */
  static boolean tellsAll(OutlinedEvent event, List<String> fields) {
    return told(event, fields).stream().noneMatch(JsonNode::isMissingNode);
  }

  private Map<List<JsonNode>, Long> lastOf(Expectation expectation) {
    Map<List<JsonNode>, Long> numbers = new HashMap<>();
    for (String type : expectation.until()) {
      for (OutlinedEvent event : byType.getOrDefault(type, List.of())) {
        numbers.merge(told(event, expectation.same()), event.number(), Math::max);
      }
    }
    return numbers;
  }

  private static List<JsonNode> told(OutlinedEvent event, List<String> fields) {
    JsonNode data = EventData.of(event);
    return fields.stream().map(data::path).toList();
  }
}
