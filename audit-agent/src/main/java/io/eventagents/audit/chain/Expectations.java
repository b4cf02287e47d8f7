package io.eventagents.audit.chain;

import io.eventagents.EventTime;
import io.eventagents.audit.index.OutlinedEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Says what a chain still waits for, and where it failed. Thread-safe. */
public final class Expectations {

  private final Map<String, List<Expectation>> byType = new HashMap<>();
  private final Set<String> types = new HashSet<>();
  private final Clock clock;

  Expectations(List<Expectation> expectations, Clock clock) {
    for (Expectation expectation : expectations) {
      byType.computeIfAbsent(expectation.after(), type -> new ArrayList<>()).add(expectation);
      types.add(expectation.after());
      types.addAll(expectation.until());
    }
    this.clock = clock;
  }

  /** The types whose data are needed. */
  Set<String> types() {
    return types;
  }

  /** The types that report failures. */
  public Set<String> failures() {
    return byType.values().stream()
        .flatMap(List::stream)
        .filter(Expectation::failed)
        .map(Expectation::after)
        .collect(Collectors.toSet());
  }

  /** What did not follow the events of a chain in the chain, in their order. */
  List<Awaited> of(List<ChainNode> nodes) {
    Followers followers =
        new Followers(
            nodes.stream()
                .map(ChainNode::event)
                .filter(event -> event.eventType() != null && types.contains(event.eventType()))
                .toList());
    Map<Expectation, BitSet> followed = new HashMap<>();
    List<Awaited> awaited = new ArrayList<>();
    for (ChainNode node : nodes) {
      for (Expectation expectation : byType.getOrDefault(node.type(), List.of())) {
        if (isUntold(expectation, node)) {
          continue;
        }
        boolean isFollowed =
            expectation.same().isEmpty()
                ? followed
                    .computeIfAbsent(expectation, unused -> causesOf(expectation, nodes))
                    .get(node.place())
                : followers.follow(node.event(), expectation);
        if (!isFollowed) {
          awaited.add(awaited(expectation, node));
        }
      }
    }
    return awaited;
  }

  /**
   * Whether the fields are missing that say what follows, for example because the payload was
   * erased. The chain would wait for it forever. A failure remains one.
   */
  private static boolean isUntold(Expectation expectation, ChainNode node) {
    return !expectation.failed() && !Followers.tellsAll(node.event(), expectation.same());
  }

  /** The places of all direct and indirect causes of what is expected. */
  private static BitSet causesOf(Expectation expectation, List<ChainNode> nodes) {
    BitSet causes = new BitSet(nodes.size());
    for (ChainNode node : nodes) {
      if (expectation.until().contains(node.type())) {
        // A cause stands before its effects, so this ends.
        int above = node.cause();
        while (above >= 0 && !causes.get(above)) {
          causes.set(above);
          above = nodes.get(above).cause();
        }
      }
    }
    return causes;
  }

  private Awaited awaited(Expectation expectation, ChainNode node) {
    Instant until = until(expectation, node.event());
    return new Awaited(node, expectation, until, until != null && until.isBefore(clock.instant()));
  }

  private static @Nullable Instant until(Expectation expectation, OutlinedEvent event) {
    if (expectation.deadline() != null) {
      JsonNode data = EventData.of(event);
      // Anybody can write anything there.
      Instant said = EventTime.read(data.path(expectation.deadline()).asString(""));
      if (said != null) {
        return said;
      }
    }
    return expectation.within() == null
        ? null
        : EventTime.bounded(event.occurredAt().plus(expectation.within()));
  }
}
