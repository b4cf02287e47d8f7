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
 * Puts the records of a chain in the order of their causes: every event comes behind the event that
 * caused it, and siblings keep the order in which they were given. Clocks do not matter.
 *
 * <p>An event whose cause is not in the chain is a root until the cause is logged. Causes may form
 * a circle, because anybody can write any cause; the first event of a circle counts as its root.
 *
 * @param <E> what is known of a record
 */
public final class CausalOrder<E extends CausalOrder.Caused> {

  private final List<Node<E>> nodes = new ArrayList<>();
  private final List<Placed<E>> ordered = new ArrayList<>();

  private CausalOrder(List<E> records) {
    Map<String, Node<E>> byId = new HashMap<>();
    for (E record : records) {
      String id = record.eventId();
      Node<E> node = new Node<>(record);
      Node<E> known = id == null ? null : byId.putIfAbsent(id, node);
      if (known == null) {
        nodes.add(node);
      } else {
        known.occurrences++;
      }
    }
    for (Node<E> node : nodes) {
      String id = node.event.causationId();
      Node<E> cause = id == null ? null : byId.get(id);
      if (cause != null) {
        node.cause = cause;
        cause.effects.add(node);
      }
    }
  }

  /** A record that may name its cause. */
  public interface Caused {

    /** Null if the record has none. */
    @Nullable String eventId();

    /** Null if it names none. */
    @Nullable String causationId();
  }

  /**
   * An event in its place.
   *
   * @param event the first of its records
   * @param place its place in the order, from 0
   * @param depth how many causes within the chain lead to it
   * @param occurrences how many records of the chain have its id
   * @param cause the place of its cause, before its own; -1 for a root
   */
  public record Placed<E extends Caused>(
      E event, int place, int depth, int occurrences, int cause) {}

  /**
   * @param records the records of one chain, those with the same cause in the order that they shall
   *     have; the first of several records of an event stands for it
   */
  public static <E extends Caused> List<Placed<E>> of(List<E> records) {
    return new CausalOrder<>(records).order();
  }

  private List<Placed<E>> order() {
    for (Node<E> node : nodes) {
      if (node.cause == null) {
        walk(node);
      }
    }
    for (Node<E> node : nodes) {
      if (node.place < 0) {
        walk(inCircleAbove(node));
      }
    }
    return ordered;
  }

  /** Causes that do not lead to a root lead to a circle. */
  private static <E extends Caused> Node<E> inCircleAbove(Node<E> node) {
    Set<Node<E>> seen = new HashSet<>();
    Node<E> above = node;
    while (above.cause != null && seen.add(above)) {
      above = above.cause;
    }
    return above;
  }

  /** Does not recurse, because a chain may be as deep as it is long. */
  private void walk(Node<E> root) {
    Deque<Node<E>> waiting = new ArrayDeque<>();
    place(root, null);
    push(root, waiting);
    while (!waiting.isEmpty()) {
      Node<E> node = waiting.pop();
      // The root of a circle is also an effect of another event of it.
      if (node.place < 0) {
        place(node, node.cause);
        push(node, waiting);
      }
    }
  }

  private void place(Node<E> node, @Nullable Node<E> cause) {
    node.place = ordered.size();
    node.depth = cause == null ? 0 : cause.depth + 1;
    ordered.add(
        new Placed<>(
            node.event,
            node.place,
            node.depth,
            node.occurrences,
            cause == null ? -1 : cause.place));
  }

  private static <E extends Caused> void push(Node<E> node, Deque<Node<E>> waiting) {
    node.effects.reversed().forEach(waiting::push);
  }

  private static final class Node<E extends Caused> {

    private final E event;
    private final List<Node<E>> effects = new ArrayList<>();
    private int occurrences = 1;
    private int place = -1;
    private int depth;
    private @Nullable Node<E> cause;

    Node(E event) {
      this.event = event;
    }
  }
}
