package io.eventagents.audit.chain;

import io.eventagents.audit.answer.AnswerRoom;
import io.eventagents.audit.answer.Share;
import io.eventagents.audit.index.ChainOutlines;
import io.eventagents.audit.index.OutlinedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What followed in another chain: somebody snoozes a reminder, or completes its task, by a request
 * of its own. Looked for among the next events of the same entity.
 */
final class FollowedInOtherChains {

  /** How far the clocks of an event and of what follows it may be apart. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  /** An entity may be anything, and the key of everything. */
  private static final int OF_ENTITY = 1000;

  /** So many entities are looked up at once. */
  private static final int AT_ONCE = 500;

  private final Set<Awaited> followed = Collections.newSetFromMap(new IdentityHashMap<>());

  private FollowedInOtherChains() {}

  /**
   * @param share holds what is read, while it is looked at
   */
  static FollowedInOtherChains lookUp(List<Awaited> awaited, ChainOutlines outlines, Share share) {
    Map<String, List<Awaited>> byEntity = new LinkedHashMap<>();
    for (Awaited one : awaited) {
      String key = one.node().event().key();
      if (key != null && mayBe(one)) {
        byEntity.computeIfAbsent(key, entity -> new ArrayList<>()).add(one);
      }
    }
    FollowedInOtherChains elsewhere = new FollowedInOtherChains();
    List<String> entities = List.copyOf(byEntity.keySet());
    for (int from = 0; from < entities.size(); from += AT_ONCE) {
      List<Awaited> some =
          entities.subList(from, Math.min(from + AT_ONCE, entities.size())).stream()
              .flatMap(entity -> byEntity.getOrDefault(entity, List.of()).stream())
              .toList();
      elsewhere.look(some, outlines, share);
    }
    return elsewhere;
  }

  private void look(List<Awaited> awaited, ChainOutlines outlines, Share share) {
    Map<String, Instant> since = new HashMap<>();
    Set<String> types = new HashSet<>();
    for (Awaited one : awaited) {
      OutlinedEvent event = one.node().event();
      since.merge(
          Objects.requireNonNull(event.key()),
          event.occurredAt().minus(SKEW),
          (a, b) -> a.isBefore(b) ? a : b);
      types.addAll(one.types());
    }
    int held = share.mark();
    Followers followers =
        new Followers(
            share
                .read(
                    bytes -> outlines.ofEntities(since, types, OF_ENTITY, bytes), AnswerRoom.WHOLE)
                .rows());
    for (Awaited one : awaited) {
      if (followers.follow(one.node().event(), one.expectation())) {
        followed.add(one);
      }
    }
    share.backTo(held);
  }

  /** What has followed nowhere. */
  List<Awaited> without(List<Awaited> awaited) {
    return awaited.stream().filter(one -> !followed.contains(one)).toList();
  }

  /** Only where it is told what belongs together; else the chain alone says so. */
  private static boolean mayBe(Awaited one) {
    return !one.types().isEmpty()
        && !one.expectation().same().isEmpty()
        && Followers.tellsAll(one.node().event(), one.expectation().same());
  }
}
