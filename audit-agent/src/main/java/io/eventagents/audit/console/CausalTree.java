package io.eventagents.audit.console;

import io.eventagents.audit.index.OutlinedEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts the records of a chain in the order of their causes, whatever their clocks say: every event
 * behind the one that caused it, siblings in the order they came in. An event whose cause is not in
 * the chain is a root; so is the first of a circle, which anybody can write.
 */
final class CausalTree {

  private final List<Growing> all = new ArrayList<>();
  private final Map<String, Growing> byId = new HashMap<>();
  private final List<ChainNode> ordered = new ArrayList<>();

  private final Predicate<String> missing;

  private CausalTree(List<OutlinedEvent> records, Predicate<String> missing) {
    this.missing = missing;
    for (OutlinedEvent record : records) {
      String id = record.eventId();
      Growing known = id == null ? null : byId.get(id);
      if (known != null) {
        known.occurrences++;
        continue;
      }
      Growing node = new Growing(record);
      all.add(node);
      if (id != null) {
        byId.put(id, node);
      }
    }
    for (Growing node : all) {
      String cause = node.event.causationId();
      node.cause = cause == null ? null : byId.get(cause);
      if (node.cause != null) {
        node.cause.effects.add(node);
      }
    }
  }

  /**
   * @param records of one chain; of several records of an event the first stands for it
   * @param missing tells which causes that are not in the chain are events that are not logged
   */
  static List<ChainNode> of(List<OutlinedEvent> records, Predicate<String> missing) {
    return new CausalTree(records, missing).order();
  }

  private List<ChainNode> order() {
    all.stream().filter(node -> node.cause == null).forEach(this::walk);
    all.stream()
        .filter(node -> node.place < 0)
        .forEach(
            node -> {
              if (node.place < 0) {
                walk(inCircleAbove(node));
              }
            });
    return ordered;
  }

  private static Growing inCircleAbove(Growing node) {
    Set<Growing> seen = new HashSet<>();
    Growing above = node;
    while (above.cause != null && seen.add(above)) {
      above = above.cause;
    }
    return above;
  }

  /** Without recursion: a chain may be as deep as it is long. */
  private void walk(Growing from) {
    Deque<Growing> waiting = new ArrayDeque<>();
    waiting.push(from);
    while (!waiting.isEmpty()) {
      Growing node = waiting.pop();
      if (node.place >= 0) {
        continue;
      }
      node.place = ordered.size();
      Growing cause = node.cause;
      boolean hangs = cause != null && cause.place >= 0 && node != from;
      node.depth = hangs && cause != null ? cause.depth + 1 : 0;
      ordered.add(
          new ChainNode(
              node.event,
              node.place,
              node.depth,
              node.occurrences,
              hangs && cause != null ? cause.place : -1,
              cause == null && isMissing(node.event.causationId())));
      for (int i = node.effects.size() - 1; i >= 0; i--) {
        if (node.effects.get(i).place < 0) {
          waiting.push(node.effects.get(i));
        }
      }
    }
  }

  private boolean isMissing(@Nullable String causationId) {
    return causationId != null && missing.test(causationId);
  }

  private static final class Growing {

    private final OutlinedEvent event;
    private final List<Growing> effects = new ArrayList<>();
    private @Nullable Growing cause;
    private int occurrences = 1;
    private int depth;
    private int place = -1;

    Growing(OutlinedEvent event) {
      this.event = event;
    }
  }
}
