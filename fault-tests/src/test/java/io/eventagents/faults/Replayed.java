package io.eventagents.faults;

import java.util.HashSet;
import java.util.Set;

/**
 * The events that agents say they handled after all.
 *
 * @param names the agent and the id of the event
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
