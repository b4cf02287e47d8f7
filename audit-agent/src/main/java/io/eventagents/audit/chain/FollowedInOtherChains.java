package io.eventagents.audit.chain;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.eventagents.audit.answer.AnswerRoom;
import io.eventagents.audit.answer.Share;
import io.eventagents.audit.index.ChainOutlines;
import java.time.Duration;
import java.time.Instant;
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
 * What followed in another chain: somebody snoozes a reminder or completes its task by a request of
 * its own. It is searched for among the next events of the same entity.
 */
final class FollowedInOtherChains {

  /** How far the clocks of an event and of its follower may differ. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  /** How many events of an entity are read, because any number may have the same key. */
  private static final int OF_ENTITY = 1000;

  /** How many entities are looked up at once. */
  private static final int AT_ONCE = 500;

  private final Set<Awaited> followed = Collections.newSetFromMap(new IdentityHashMap<>());

  private FollowedInOtherChains() {}

  /**
   * @param share the memory that holds what is read meanwhile
   */
  static FollowedInOtherChains lookUp(List<Awaited> awaited, ChainOutlines outlines, Share share) {
    List<List<Awaited>> ofEntities =
        List.copyOf(
            awaited.stream()
                .filter(FollowedInOtherChains::mayBe)
                .collect(groupingBy(FollowedInOtherChains::entity, LinkedHashMap::new, toList()))
                .values());
    FollowedInOtherChains elsewhere = new FollowedInOtherChains();
    for (int from = 0; from < ofEntities.size(); from += AT_ONCE) {
      List<List<Awaited>> some =
          ofEntities.subList(from, Math.min(from + AT_ONCE, ofEntities.size()));
      elsewhere.look(some.stream().flatMap(List::stream).toList(), outlines, share);
    }
    return elsewhere;
  }

  private static String entity(Awaited one) {
    return Objects.requireNonNull(one.node().event().key());
  }

  private void look(List<Awaited> awaited, ChainOutlines outlines, Share share) {
    Map<String, Instant> since = new HashMap<>();
    Set<String> types = new HashSet<>();
    for (Awaited one : awaited) {
      Instant earliest = one.node().event().occurredAt().minus(SKEW);
      since.merge(entity(one), earliest, (a, b) -> a.isBefore(b) ? a : b);
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

  /** What has not followed in another chain either. */
  List<Awaited> without(List<Awaited> awaited) {
    return awaited.stream().filter(one -> !followed.contains(one)).toList();
  }

  /** Whether fields say what belongs together; otherwise only the chain does. */
  private static boolean mayBe(Awaited one) {
    return one.node().event().key() != null
        && !one.types().isEmpty()
        && !one.expectation().same().isEmpty()
        && Followers.tellsAll(one.node().event(), one.expectation().same());
  }
}
