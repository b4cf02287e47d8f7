package io.eventagents.audit.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Draws a chain as rows with the lines of a tree. */
final class ChainTree {

  /** Deeper events stand under each other, with their depth as a number. */
  private static final int DEEPEST = 12;

  private ChainTree() {}

  /**
   * @param events in causal order
   */
  static List<ChainRow> rows(List<ChainEvent> events) {
    List<List<String>> branches = branches(events);
    List<ChainRow> rows = new ArrayList<>(events.size());
    Instant root = Instant.EPOCH;
    for (int i = 0; i < events.size(); i++) {
      ChainEvent event = events.get(i);
      if (event.depth() == 0) {
        root = event.occurredAt();
      }
      rows.add(ChainRow.of(event, branches.get(i), root));
    }
    return rows;
  }

  /** From the last event up, since a line goes on where a later event hangs on it. */
  private static List<List<String>> branches(List<ChainEvent> events) {
    List<List<String>> all = new ArrayList<>(events.size());
    boolean[] goesOn = new boolean[DEEPEST + 1];
    for (int i = events.size() - 1; i >= 0; i--) {
      int depth = Math.min(events.get(i).depth(), DEEPEST);
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
