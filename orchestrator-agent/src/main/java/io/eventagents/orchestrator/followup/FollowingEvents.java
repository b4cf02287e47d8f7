package io.eventagents.orchestrator.followup;

import java.util.List;
import java.util.Set;

/**
 * The events that followed some others.
 *
 * @param shown in the order in which it happened
 * @param cut the ids of the events that more events have followed than are shown
 */
public record FollowingEvents(List<FollowingEvent> shown, Set<String> cut) {

  static final FollowingEvents NONE = new FollowingEvents(List.of(), Set.of());
}
