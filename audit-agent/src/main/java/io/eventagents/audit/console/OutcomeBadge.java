package io.eventagents.audit.console;

import io.eventagents.audit.chain.ChainNode;
import io.eventagents.audit.chain.ChainStory;
import io.eventagents.audit.chain.Outcome;
import java.time.Instant;
import java.util.function.Function;

/**
 * The outcome of a chain in a few words.
 *
 * @param kind the name of its style
 * @param details what its tooltip says; empty if there is nothing to add
 */
record OutcomeBadge(String kind, String text, String details) {

  /**
   * The outcome of a chain. It tells if the chain was not read whole.
   *
   * @param reasons of failures, as the viewer may see them
   */
  static OutcomeBadge of(ChainStory story, Instant now, Function<ChainNode, String> reasons) {
    OutcomeBadge badge = of(story.outcome(), now, reasons);
    if (!story.truncated()) {
      return badge;
    }
    return new OutcomeBadge(
        story.outcome() instanceof Outcome.Complete ? "unread" : badge.kind(),
        badge.text() + " in its first " + Counts.of(story.nodes().size(), "event"),
        badge.details());
  }

  private static OutcomeBadge of(
      Outcome outcome, Instant now, Function<ChainNode, String> reasons) {
    return switch (outcome) {
      case Outcome.Complete complete -> new OutcomeBadge("complete", "complete", "");
      case Outcome.Waiting waiting -> waiting(waiting, now);
      case Outcome.Failed failed ->
          new OutcomeBadge(
              "failed",
              "failed at " + failed.node().agent() + more(failed.more()),
              reasons.apply(failed.node()));
      case Outcome.Unreadable unreadable ->
          new OutcomeBadge(
              "unreadable", "unreadable", "The record has no readable type and no chain.");
    };
  }

  static OutcomeBadge waiting(Outcome.Waiting waiting, Instant now) {
    String types = String.join(" or ", waiting.types());
    String first = waiting.types().getFirst() + more(waiting.more());
    if (waiting.overdue() && waiting.until() != null) {
      return new OutcomeBadge(
          "overdue", "overdue: " + first, types + ", expected by " + waiting.until());
    }
    return new OutcomeBadge(
        "waiting",
        "waiting for "
            + first
            + (waiting.until() == null ? "" : " until " + Moments.rough(waiting.until(), now)),
        types);
  }

  private static String more(int more) {
    return more == 0 ? "" : " and " + more + " more";
  }
}
