package io.eventagents.audit.console;

import io.eventagents.DeadLetterDesk.Action;
import io.eventagents.DeadLetterDesk.Selection;
import io.eventagents.audit.index.StorableTime;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * The form that replays or discards dead letters, without their ids. The ids are not bound: to the
 * binder, a name such as {@code id[x]} is an index, and it fails if that is no number.
 *
 * @param action {@code replay} or {@code discard}
 * @param until letters that failed later are left out: nobody has seen them yet
 */
record DeadLetterForm(
    @Nullable String action,
    @Nullable String agent,
    @Nullable String event_type,
    @Nullable String reason,
    @Nullable String until,
    @Nullable String why) {

  private static final int LONGEST_WHY = 1000;

  Action toDo() {
    try {
      return Action.valueOf(String.valueOf(action).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw wrong("action must be replay or discard");
    }
  }

  /**
   * The letters that the form selects.
   *
   * @param ids of letters; null or empty for all that the other fields describe
   */
  Selection selection(@Nullable List<String> ids, Clock clock) {
    if (agent == null || agent.isBlank()) {
      throw wrong("agent must name the agent whose letters are meant.");
    }
    return unsettled(
        agent, ids == null ? Set.of() : Set.copyOf(ids), event_type, reason, until(clock));
  }

  /** The unsettled letters of an agent. An empty field counts as absent. */
  static Selection unsettled(
      String agent,
      Set<String> ids,
      @Nullable String eventType,
      @Nullable String reason,
      @Nullable Instant until) {
    return new Selection(
        agent, ids, given(eventType), given(reason), null, until, Selection.unsettled().states());
  }

  Instant until(Clock clock) {
    try {
      return until == null || until.isBlank()
          ? clock.instant()
          : StorableTime.of(Instant.parse(until));
    } catch (DateTimeException e) {
      throw wrong("until must be a time like 2025-01-15T14:30:00Z");
    }
  }

  @Nullable String whyInWords() {
    String words = given(why);
    if (words != null && words.length() > LONGEST_WHY) {
      throw wrong("The reason must have at most " + LONGEST_WHY + " characters.");
    }
    return words;
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private static ResponseStatusException wrong(String detail) {
    return new ResponseStatusException(HttpStatus.BAD_REQUEST, detail);
  }
}
