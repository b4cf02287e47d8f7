package io.eventagents.audit.story;

import io.eventagents.audit.index.ChainOutlines;
import io.eventagents.audit.index.OutlinedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What followed in another chain: somebody snoozes a reminder, or completes its task, by a request
 * of its own. Looked for among the next events of the same entity.
 */
final class Elsewhere {

  /** How far the clocks of an event and of what follows it may be apart. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  /** An entity may be anything, and the key of everything. */
  private static final int OF_ENTITY = 1000;

  private final Followers followers;

  private Elsewhere(Followers followers) {
    this.followers = followers;
  }

  static Elsewhere lookUp(List<Awaited> awaited, ChainOutlines outlines) {
    Map<String, Instant> since = new HashMap<>();
    Set<String> types = new HashSet<>();
    for (Awaited one : awaited) {
      OutlinedEvent event = one.node().event();
      if (event.key() != null && mayBe(one)) {
        since.merge(event.key(), event.occurredAt().minus(SKEW), (a, b) -> a.isBefore(b) ? a : b);
        types.addAll(one.types());
      }
    }
    return new Elsewhere(
        new Followers(since.isEmpty() ? List.of() : outlines.ofEntities(since, types, OF_ENTITY)));
  }

  /** What has followed nowhere. */
  List<Awaited> without(List<Awaited> awaited) {
    return awaited.stream()
        .filter(one -> !mayBe(one) || !followers.follow(one.node().event(), one.expectation()))
        .toList();
  }

  /** Only where it is told what belongs together; else the chain alone says so. */
  private static boolean mayBe(Awaited one) {
    return !one.types().isEmpty()
        && !one.expectation().same().isEmpty()
        && Followers.tellsAll(one.node().event(), one.expectation().same());
  }
}
