package io.eventagents.deadletter.http;

import io.eventagents.DeadLetterDesk.Selection;
import io.eventagents.DeadLetterDesk.State;
import io.eventagents.deadletter.ReplayRequest;
import io.eventagents.http.InvalidRequest;
import io.eventagents.http.JsonBody;
import io.eventagents.http.JsonFields;
import io.eventagents.http.JsonValues;
import io.eventagents.http.UnfitValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of a replay or discard.
 *
 * @param selection the dead letters that it names; open ones by default
 * @param namesStates whether it names their states
 * @param why kept with the dead letters and told to their chains
 * @param dryRun whether they are only counted
 */
record DeadLetterCommand(
    Selection selection, boolean namesStates, @Nullable String why, boolean dryRun) {

  private static final int LONGEST_WHY = ReplayRequest.LONGEST_TEXT;

  /**
   * @throws InvalidRequest if it has any other field: a misspelt {@code dry_run} must not replay
   *     anything
   */
  static DeadLetterCommand read(byte @Nullable [] body) {
    JsonFields fields = new JsonFields(JsonBody.readOptional(body));
    Set<State> states = fields.optional("state", DeadLetterCommand::states);
    Selection selection =
        new Selection(
            fields.optional("agent", JsonValues::text),
            Set.of(),
            fields.optional("event_type", JsonValues::text),
            fields.optional("reason", JsonValues::text),
            fields.optional("from", JsonValues::time),
            fields.optional("to", JsonValues::time),
            states == null ? Set.of(State.OPEN) : states);
    String why = fields.optional("why", JsonValues::text);
    if (why != null && why.length() > LONGEST_WHY) {
      fields.wrong("why", "must have at most " + LONGEST_WHY + " characters");
    }
    Boolean dryRun = fields.optional("dry_run", JsonValues::flag);
    fields.refuseUnknown(
        Set.of("agent", "event_type", "reason", "from", "to", "state", "why", "dry_run"),
        "is not known; there are agent, event_type, reason, from, to, state, why and dry_run");
    fields.check();
    return new DeadLetterCommand(
        selection,
        states != null,
        why == null || why.isBlank() ? null : why,
        Boolean.TRUE.equals(dryRun));
  }

  /** Whether it has a criterion: none would mean every dead letter of every agent. */
  boolean namesLetters() {
    return selection.agent() != null
        || selection.eventType() != null
        || selection.reason() != null
        || selection.from() != null
        || selection.until() != null;
  }

  private static Set<State> states(JsonNode list) {
    if (!list.isArray()) {
      throw new UnfitValue("must be a list");
    }
    return states(list.valueStream().map(JsonValues::text).toList());
  }

  /**
   * @throws InvalidRequest if one of them is no state
   */
  static Set<State> states(List<String> texts) {
    Set<State> states = EnumSet.noneOf(State.class);
    for (String text : texts) {
      if (text.strip().equals("all")) {
        return EnumSet.allOf(State.class);
      }
      states.add(
          State.of(text.strip())
              .orElseThrow(
                  () ->
                      new InvalidRequest(
                          "state",
                          "must be all, or some of "
                              + Stream.of(State.values())
                                  .map(State::text)
                                  .collect(Collectors.joining(", ")))));
    }
    return states;
  }
}
