package io.eventagents.replay;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Dead letters, grouped by agent, type, reason and state.
 *
 * @param groups the largest first
 */
record DeadLetterSummary(List<Group> groups) {

  /**
   * Letters that have all of this in common.
   *
   * @param count how many
   * @param first when the first of them failed
   * @param last when the last of them failed
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Group(
      String agent,
      String eventType,
      String reason,
      String state,
      long count,
      Instant first,
      Instant last) {

    private static Group of(DeadLetter letter) {
      return new Group(
          letter.agent(),
          letter.eventType(),
          letter.reason(),
          letter.resolution().state().text(),
          1,
          letter.failedOn(),
          letter.failedOn());
    }

    private Group and(Group other) {
      return new Group(
          agent,
          eventType,
          reason,
          state,
          count + other.count,
          first.isBefore(other.first) ? first : other.first,
          last.isAfter(other.last) ? last : other.last);
    }
  }

  /** Adds one letter after the other. Used by one thread. */
  static final class Count {

    private final Map<List<String>, Group> groups = new LinkedHashMap<>();

    void add(DeadLetter letter) {
      Group one = Group.of(letter);
      groups.merge(
          List.of(one.agent(), one.eventType(), one.reason(), one.state()), one, Group::and);
    }

    DeadLetterSummary sum() {
      return new DeadLetterSummary(
          groups.values().stream()
              .sorted(Comparator.comparingLong(Group::count).reversed())
              .toList());
    }
  }
}
