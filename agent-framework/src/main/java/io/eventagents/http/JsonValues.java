package io.eventagents.http;

import io.eventagents.EventTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;

/**
 * Readers of values for {@link JsonFields}. They convert nothing, and throw {@link UnfitValue} if
 * the value is of another kind. Thread-safe.
 */
public final class JsonValues {

  private JsonValues() {}

  /** A text; it may be empty. */
  public static String text(JsonNode node) {
    if (!node.isString()) {
      throw new UnfitValue("must be text");
    }
    return node.stringValue();
  }

  /** A whole number, written as one. */
  public static int whole(JsonNode node, int least, int most) {
    if (node.isIntegralNumber() && node.canConvertToInt()) {
      int number = node.intValue();
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new UnfitValue("must be a whole number from " + least + " to " + most);
  }

  /** True or false. */
  public static boolean flag(JsonNode node) {
    if (!node.isBoolean()) {
      throw new UnfitValue("must be true or false");
    }
    return node.booleanValue();
  }

  /** A moment in the years 1 to 9999, so that it can be stored and compared with stored times. */
  public static Instant time(JsonNode node) {
    return instant(node.isString() ? node.stringValue() : "");
  }

  static Instant instant(String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      // In UTC, and as precise as the database: the offset may move the time into another year.
      if (EventTime.isStorable(time.truncatedTo(ChronoUnit.MICROS))) {
        return time;
      }
    } catch (DateTimeException malformed) {
      // The message below says how to write it.
    }
    throw new UnfitValue("must be a time with its offset, such as 2030-01-15T14:30:00Z");
  }
}
