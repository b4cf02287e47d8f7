package io.eventagents.deadletter;

import io.eventagents.DeadLetterDesk.Selection;
import io.eventagents.DeadLetterDesk.State;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant; what is null does not matter.
 *
 * @param agent of this agent
 * @param ids only these; empty for all
 * @param eventType of this type
 * @param reason whose reason contains this, in upper or lower case
 * @param from that failed then or later
 * @param until that failed before
 * @param states in one of these states
 */
record DeadLetterFilter(
    @Nullable String agent,
    Set<String> ids,
    @Nullable String eventType,
    @Nullable String reason,
    @Nullable Instant from,
    @Nullable Instant until,
    Set<State> states) {

  /** What a selection means. */
  static DeadLetterFilter of(Selection selection) {
    return new DeadLetterFilter(
        selection.agent(),
        selection.ids(),
        selection.eventType(),
        selection.reason(),
        selection.from(),
        selection.until(),
        selection.states());
  }

  boolean matches(StoredDeadLetter letter) {
    return states.contains(letter.resolution().state())
        && (agent == null || agent.equals(letter.agent()))
        && (ids.isEmpty() || ids.contains(letter.id().toString()))
        && (eventType == null || eventType.equals(letter.eventType()))
        && (reason == null || lower(letter.reason()).contains(lower(reason)))
        && (from == null || !letter.failedOn().isBefore(from))
        && (until == null || letter.failedOn().isBefore(until));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
