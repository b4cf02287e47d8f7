package io.eventagents.orchestrator.followup;

import java.util.List;
import java.util.Set;

/**
 * What followed some events.
 *
 * @param shown in the order in which it happened
 * @param cut the ids of those events that more has followed than is shown
 */
public record FollowingEvents(List<FollowingEvent> shown, Set<String> cut) {

  static final FollowingEvents NONE = new FollowingEvents(List.of(), Set.of());
}
