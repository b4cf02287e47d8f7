package io.eventagents.orchestrator;

import java.util.List;
import java.util.Set;

/**
 * What followed some events.
 *
 * @param shown in the order in which it happened
 * @param cut the ids of those events that more has followed than is shown
 */
record Followers(List<Follower> shown, Set<String> cut) {

  static final Followers NONE = new Followers(List.of(), Set.of());
}
