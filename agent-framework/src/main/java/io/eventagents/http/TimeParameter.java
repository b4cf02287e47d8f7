package io.eventagents.http;

import io.eventagents.EventTime;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A time that a client sends, in a parameter or in a body. It is in the years 1 to 9999, so that it
 * can be compared with stored times.
 *
 * <pre>{@code
 * Page orders(@RequestParam(required = false) @Nullable String since) {
 *   return orders.since(TimeParameter.parse("since", since));
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class TimeParameter {

  private static final String EXPECTED = "must be a time like 2025-01-15T14:30:00Z";

  private TimeParameter() {}

  /**
   * @param time as it was sent; null or empty if it was not sent
   * @return null if it was not sent
   * @throws InvalidRequest if it is no time
   */
  public static @Nullable Instant parse(String parameter, @Nullable String time) {
    try {
      return time == null || time.isEmpty() ? null : read(time);
    } catch (UnfitValue unfit) {
      throw new InvalidRequest(parameter, unfit.expected());
    }
  }

  /**
   * A reader for {@link JsonFields}.
   *
   * @throws UnfitValue if the value is no time
   */
  public static Instant of(JsonNode node) {
    return read(JsonValues.text(node));
  }

  private static Instant read(String text) {
    try {
      Instant time = Instant.parse(text);
      if (EventTime.isStorable(time)) {
        return time;
      }
    } catch (DateTimeException malformed) {
      // The message below says how to write it.
    }
    throw new UnfitValue(EXPECTED);
  }
}
