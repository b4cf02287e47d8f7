package io.eventagents.scheduling.reminder;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How long before a task is due its owner is reminded, once for each time.
 *
 * @param usual for priorities without times of their own
 * @param byPriority for the others
 */
public record LeadTimes(List<Duration> usual, Map<Integer, List<Duration>> byPriority) {

  public LeadTimes {
    usual = List.copyOf(usual);
    byPriority = Map.copyOf(byPriority);
  }

  List<Duration> of(int priority) {
    return byPriority.getOrDefault(priority, usual);
  }
}
