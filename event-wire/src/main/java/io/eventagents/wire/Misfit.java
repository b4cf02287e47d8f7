package io.eventagents.wire;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * Where data does not fit its record, and how, told without the data: the parser's own messages
 * quote it, and reasons are shown, logged and kept.
 *
 * @param path the component, {@code lines.[1].quantity}; empty for the data itself
 * @param problem what is wrong with it
 */
record Misfit(String path, String problem) {

  private static final String MISSING = "Missing required creator property";

  static Misfit of(JacksonException e) {
    String path =
        e.getPath().stream()
            .map(
                at ->
                    at.getPropertyName() == null ? "[" + at.getIndex() + "]" : at.getPropertyName())
            .collect(Collectors.joining("."));
    return new Misfit(path, problem(e));
  }

  private static String problem(JacksonException e) {
    if (e instanceof InvalidNullException) {
      return "is null";
    }
    if (e instanceof ValueInstantiationException && e.getCause() != null) {
      // What the record's own constructor says.
      return "is refused: " + e.getCause().getMessage();
    }
    if (e instanceof MismatchedInputException mismatch) {
      return String.valueOf(e.getOriginalMessage()).startsWith(MISSING)
          ? "is missing"
          : "is no " + kind(mismatch.getTargetType());
    }
    return e instanceof InputCoercionException tooLarge
        ? "is no " + kind(tooLarge.getTargetType())
        : "cannot be read";
  }

  private static String kind(@Nullable Class<?> type) {
    if (type == null) {
      return "value of its type";
    }
    if (type.isArray() || Collection.class.isAssignableFrom(type)) {
      return "array";
    }
    return type.isRecord() || Map.class.isAssignableFrom(type) ? "object" : type.getSimpleName();
  }

  /** In words, for a dead letter. */
  String reason(PayloadType type) {
    return "data"
        + (path.isEmpty() ? "" : "." + path)
        + " "
        + problem
        + ", read as "
        + type.recordClass().getSimpleName();
  }
}
