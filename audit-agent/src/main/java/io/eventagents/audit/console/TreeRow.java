package io.eventagents.audit.console;

import io.eventagents.audit.chain.Awaited;
import io.eventagents.audit.chain.ChainNode;
import io.eventagents.audit.chain.ChainStory;
import io.eventagents.audit.chain.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An event as a row of the tree of its chain.
 *
 * @param branches the lines to the left of it, from the root on, as names of style classes
 * @param since how long after its cause it happened; empty for a root
 * @param failure null if it reports none
 * @param failureOpen whether the failure is not settled
 * @param awaited what did not follow it
 */
record TreeRow(
    ChainNode node,
    List<String> branches,
    String since,
    String time,
    @Nullable Failure failure,
    boolean failureOpen,
    List<OutcomeBadge> awaited) {

  /** Deeper events are not indented further and show their depth as a number. */
  private static final int DEEPEST = 8;

  /** Whether it is deeper than the page indents. */
  public boolean deep() {
    return node.depth() > DEEPEST;
  }

  /** Its level in the tree, from 1. */
  public int level() {
    return node.depth() + 1;
  }

  /** Its anchor on the page. */
  public String anchor() {
    return Links.anchor(node);
  }

  /** The address of the event's page. */
  public String path() {
    return Links.node(node);
  }

  /**
   * The rows of a part of a chain.
   *
   * @param failures the failures that events report, as the viewer may see them; null if an event
   *     reports none
   */
  static List<TreeRow> of(
      ChainStory story,
      int from,
      int to,
      Instant now,
      Function<ChainNode, @Nullable Failure> failures) {
    List<List<String>> branches = branches(story.nodes());
    List<TreeRow> rows = new ArrayList<>(to - from);
    for (ChainNode node : story.nodes().subList(from, to)) {
      List<Awaited> awaited =
          story.awaited().stream().filter(one -> one.node().place() == node.place()).toList();
      rows.add(
          new TreeRow(
              node,
              branches.get(node.place()),
              node.cause() < 0 ? "" : since(story.nodes().get(node.cause()), node),
              Moments.text(node.event().occurredAt(), now),
              failures.apply(node),
              awaited.stream().anyMatch(Awaited::failed),
              awaited.stream()
                  .filter(one -> !one.failed())
                  .map(
                      one ->
                          OutcomeBadge.waiting(
                              new Outcome.Waiting(one.types(), one.until(), one.overdue(), 0), now))
                  .toList()));
    }
    return rows;
  }

  private static String since(ChainNode cause, ChainNode node) {
    Duration since = Duration.between(cause.event().occurredAt(), node.event().occurredAt());
    return (since.isNegative() ? "−" : "+") + Durations.text(since.abs());
  }

  /** Goes from the last event up, since a line goes on if a later event hangs on it. */
  private static List<List<String>> branches(List<ChainNode> nodes) {
    List<List<String>> all = new ArrayList<>(nodes.size());
    boolean[] goesOn = new boolean[DEEPEST + 1];
    for (int i = nodes.size() - 1; i >= 0; i--) {
      int depth = Math.min(nodes.get(i).depth(), DEEPEST);
      List<String> branches = new ArrayList<>(depth);
      for (int level = 1; level < depth; level++) {
        branches.add(goesOn[level] ? "pass" : "gap");
      }
      if (depth > 0) {
        branches.add(goesOn[depth] ? "fork" : "end");
        goesOn[depth] = true;
      }
      for (int level = depth + 1; level <= DEEPEST; level++) {
        goesOn[level] = false;
      }
      all.add(branches);
    }
    Collections.reverse(all);
    return all;
  }
}
