package io.eventagents.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time that a client sends in a parameter; {@link JsonValues#time} reads one in a body. It is in
 * the years 1 to 9999, so that it can be compared with stored times.
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

  private TimeParameter() {}

  /**
   * @param time as it was sent; null or empty if it was not sent
   * @return null if it was not sent
   * @throws InvalidRequest if it is no time
   */
  public static @Nullable Instant parse(String parameter, @Nullable String time) {
    try {
      return time == null || time.isEmpty() ? null : JsonValues.instant(time);
    } catch (UnfitValue unfit) {
      throw new InvalidRequest(parameter, unfit.expected());
    }
  }
}
