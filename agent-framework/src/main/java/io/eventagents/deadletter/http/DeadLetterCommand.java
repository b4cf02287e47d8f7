package io.eventagents.deadletter.http;

import io.eventagents.DeadLetterDesk.Selection;
import io.eventagents.DeadLetterDesk.State;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The body of a replay or discard.
 *
 * @param agent letters of this agent
 * @param eventType of this type
 * @param reason whose reason contains this
 * @param from that failed then or later
 * @param to that failed before
 * @param state in one of these states; open by default
 * @param why kept with the letters and told to their chains
 * @param dryRun whether they are only counted
 */
@JsonNaming(SnakeCaseStrategy.class)
record DeadLetterCommand(
    @Nullable String agent,
    @Nullable String eventType,
    @Nullable String reason,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable List<String> state,
    @Nullable String why,
    @Nullable Boolean dryRun) {

  static final DeadLetterCommand EMPTY =
      new DeadLetterCommand(null, null, null, null, null, null, null, null);

  /** The letters that it names. */
  Selection selection() {
    return new Selection(
        agent,
        Set.of(),
        eventType,
        reason,
        from,
        to,
        state == null ? Set.of(State.OPEN) : DeadLetterInput.states(state));
  }

  boolean isDryRun() {
    return Boolean.TRUE.equals(dryRun);
  }

  /** Whether it names any letters at all: no criterion would mean every letter of every agent. */
  boolean namesLetters() {
    return agent != null || eventType != null || reason != null || from != null || to != null;
  }
}
