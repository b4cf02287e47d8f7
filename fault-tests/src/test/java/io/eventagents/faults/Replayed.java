package io.eventagents.faults;

import java.util.HashSet;
import java.util.Set;

/**
 * The replayed events that agents report as handled.
 *
 * @param names the agent and the event's id, of each
 */
record Replayed(Set<String> names) {

  static Replayed of(Topics topics) {
    Set<String> names = new HashSet<>();
    for (EventRecord told : topics.of(Topics.DELIVERIES)) {
      if (told.type().equals("delivery.replayed")) {
        names.add(told.data("agent") + " " + told.data("event_id"));
      }
    }
    return new Replayed(names);
  }

  boolean includes(String agent, EventRecord event) {
    return names.contains(agent + " " + event.eventId());
  }
}
