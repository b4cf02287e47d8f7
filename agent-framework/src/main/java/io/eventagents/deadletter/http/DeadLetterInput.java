package io.eventagents.deadletter.http;

import static io.eventagents.deadletter.http.OperatorRequest.invalid;
import static io.eventagents.deadletter.http.OperatorRequest.problem;

import io.eventagents.DeadLetterDesk.State;
import io.eventagents.EventTime;
import io.eventagents.deadletter.ReplayRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Reads what a request says about dead letters, or tells what it should say. */
public final class DeadLetterInput {

  private static final int LONGEST_WHY = ReplayRequest.LONGEST_TEXT;
  private static final String A_TIME = "must be a time like 2025-01-15T14:30:00Z";

  /** A misspelt {@code dry_run} must not replay anything. */
  public static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
          .build();

  private DeadLetterInput() {}

  static DeadLetterCommand command(byte @Nullable [] body) {
    if (body == null || body.length == 0) {
      return DeadLetterCommand.EMPTY;
    }
    try {
      DeadLetterCommand command = STRICT.readValue(body, DeadLetterCommand.class);
      if (command == null) {
        return DeadLetterCommand.EMPTY;
      }
      storable("from", command.from());
      storable("to", command.to());
      return command;
    } catch (JacksonException e) {
      throw problem(
          HttpStatus.BAD_REQUEST,
          "The body must be a JSON object with any of agent, event_type, reason, from, to (ISO 8601), state (a list), why"
              + " and dry_run (true or false): "
              + e.getOriginalMessage());
    }
  }

  static @Nullable String why(DeadLetterCommand command) {
    String why = command.why();
    if (why != null && why.length() > LONGEST_WHY) {
      throw invalid("why", "must have at most " + LONGEST_WHY + " characters");
    }
    return why == null || why.isBlank() ? null : why;
  }

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
                      invalid(
                          "state",
                          "must be all, or some of "
                              + Stream.of(State.values())
                                  .map(State::text)
                                  .collect(Collectors.joining(", ")))));
    }
    return states;
  }

  /** A parameter that is a time; null where it is absent or empty. */
  public static @Nullable Instant instant(String parameter, @Nullable String text) {
    try {
      return text == null || text.isEmpty() ? null : storable(parameter, Instant.parse(text));
    } catch (DateTimeException e) {
      throw invalid(parameter, A_TIME);
    }
  }

  /** A time that can be compared with those that are stored. */
  public static @Nullable Instant storable(String parameter, @Nullable Instant time) {
    if (time != null && !EventTime.isStorable(time)) {
      throw invalid(parameter, A_TIME);
    }
    return time;
  }
}
