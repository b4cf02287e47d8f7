package io.eventagents.audit.index;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the records of a chain in the order of their causes: every event behind the one that caused
 * it, and next to its siblings, which keep the order they came in. Clocks do not matter.
 *
 * <p>An event whose cause is not in the chain is a root, until the cause is logged. Whoever writes
 * events can write any cause, a circle too: its first event is then taken for a root.
 */
final class CausalOrder {

  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Node> byId = new HashMap<>();
  private final Map<String, List<Node>> effects = new HashMap<>();
  private final List<Placed> ordered = new ArrayList<>();

  private CausalOrder(List<ChainLink> links) {
    for (ChainLink link : links) {
      String id = link.eventId();
      Node known = id == null ? null : byId.get(id);
      if (known != null) {
        known.occurrences++;
        continue;
      }
      Node node = new Node(link);
      nodes.add(node);
      if (id != null) {
        byId.put(id, node);
      }
    }
    for (Node node : nodes) {
      String id = node.link.causationId();
      node.cause = id == null ? null : byId.get(id);
      if (id != null && node.cause != null) {
        effects.computeIfAbsent(id, key -> new ArrayList<>()).add(node);
      }
    }
  }

  /**
   * An event in its place.
   *
   * @param link the first of its records
   * @param depth how many causes within the chain lead to it
   * @param occurrences how many records of the chain have its id
   */
  record Placed(ChainLink link, int depth, int occurrences) {}

  /**
   * @param links of one chain, those of one parent in the order that they shall have; of several
   *     records of an event the first stands for it
   */
  static List<Placed> of(List<ChainLink> links) {
    return new CausalOrder(links).order();
  }

  private List<Placed> order() {
    for (Node node : nodes) {
      if (node.cause == null) {
        walk(node);
      }
    }
    for (Node node : nodes) {
      if (!node.placed) {
        walk(inCircleAbove(node));
      }
    }
    return ordered;
  }

  /** Causes that never end in a root end in a circle. */
  private static Node inCircleAbove(Node node) {
    Set<Node> seen = new HashSet<>();
    Node above = node;
    while (above.cause != null && seen.add(above)) {
      above = above.cause;
    }
    return above;
  }

  /** Without recursion: a chain may be as deep as it is long. */
  private void walk(Node from) {
    Deque<Node> waiting = new ArrayDeque<>();
    waiting.push(from);
    while (!waiting.isEmpty()) {
      Node node = waiting.pop();
      if (node.placed) {
        continue;
      }
      node.placed = true;
      ordered.add(new Placed(node.link, node.depth, node.occurrences));
      List<Node> caused = effectsOf(node);
      for (int i = caused.size() - 1; i >= 0; i--) {
        Node effect = caused.get(i);
        if (!effect.placed) {
          effect.depth = node.depth + 1;
          waiting.push(effect);
        }
      }
    }
  }

  private List<Node> effectsOf(Node node) {
    @Nullable String id = node.link.eventId();
    return id == null ? List.of() : effects.getOrDefault(id, List.of());
  }

  private static final class Node {

    private final ChainLink link;
    private int occurrences = 1;
    private int depth;
    private @Nullable Node cause;
    private boolean placed;

    Node(ChainLink link) {
      this.link = link;
    }
  }
}
