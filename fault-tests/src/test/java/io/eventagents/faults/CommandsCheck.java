package io.eventagents.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every accepted command has exactly one event, and a refused one has none. */
record CommandsCheck(Journal journal) implements Check {

  @Override
  public void check(Topics topics, Findings findings) {
    Map<String, List<EventRecord>> byCorrelation = new HashMap<>();
    for (EventRecord event : Topics.distinct(topics.of(Topics.TASKS)).values()) {
      byCorrelation.computeIfAbsent(event.correlationId(), id -> new ArrayList<>()).add(event);
    }
    for (Command command : journal.commands()) {
      List<EventRecord> events = byCorrelation.getOrDefault(command.correlationId(), List.of());
      if (events.size() > 1) {
        findings.wrong(command + " has " + events.size() + " events: " + events);
      }
      if (events.stream().anyMatch(event -> !event.type().equals(command.eventType()))) {
        findings.wrong(command + " became something else: " + events);
      }
      switch (command.outcome()) {
        case ACCEPTED -> {
          if (events.isEmpty()) {
            findings.missing("the event of the accepted " + command);
          }
        }
        case REFUSED -> {
          if (!events.isEmpty()) {
            findings.wrong(command + " was refused, and there is " + events);
          }
        }
        case UNKNOWN -> {}
      }
    }
  }
}
