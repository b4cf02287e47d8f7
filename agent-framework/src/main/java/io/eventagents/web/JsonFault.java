package io.eventagents.web;

import io.eventagents.http.FieldError;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says in a client's terms what Jackson did not accept: its own messages name classes. */
final class JsonFault {

  private JsonFault() {}

  /** The field and what is wrong with it; the name is empty if the fault is in no field. */
  static FieldError of(JacksonException fault) {
    if (!(fault instanceof DatabindException)) {
      TokenStreamLocation at = fault.getLocation();
      return new FieldError(
          "",
          "The body is not well-formed JSON"
              + (at == null
                  ? "."
                  : ": see line " + at.getLineNr() + ", column " + at.getColumnNr() + "."));
    }
    String field = path(fault.getPath());
    String message = message(fault);
    return new FieldError(field, field.isEmpty() ? "The body " + message + "." : message);
  }

  private static String message(JacksonException fault) {
    if (fault instanceof UnrecognizedPropertyException) {
      return "is not known";
    }
    return fault instanceof MismatchedInputException mismatch
        ? expected(mismatch.getTargetType())
        : "is not valid";
  }

  private static String path(List<JacksonException.Reference> path) {
    StringBuilder name = new StringBuilder();
    for (JacksonException.Reference step : path) {
      if (step.getPropertyName() == null) {
        name.append('[').append(step.getIndex()).append(']');
      } else {
        name.append(name.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return name.toString();
  }

  /** What a value must be to become one of this type. */
  static String expected(@Nullable Class<?> type) {
    if (type == null) {
      return "has a value of the wrong type";
    }
    Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(type);
    if (boxed == Boolean.class) {
      return "must be true or false";
    }
    if (Number.class.isAssignableFrom(boxed)) {
      return boxed == Integer.class || boxed == Long.class || boxed == Short.class
          ? "must be a whole number"
          : "must be a number";
    }
    if (boxed.isEnum()) {
      return Arrays.stream(boxed.getEnumConstants())
          .map(String::valueOf)
          .collect(Collectors.joining(", ", "must be one of ", ""));
    }
    if (TemporalAccessor.class.isAssignableFrom(boxed)) {
      return "must be a time such as 2025-01-15T14:30:00Z";
    }
    if (CharSequence.class.isAssignableFrom(boxed)) {
      return "must be text";
    }
    if (boxed.isArray() || Collection.class.isAssignableFrom(boxed)) {
      return "must be a list";
    }
    return boxed.isRecord() || Map.class.isAssignableFrom(boxed)
        ? "must be an object"
        : "has a value of the wrong type";
  }
}
