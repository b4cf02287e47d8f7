package io.eventagents.audit.index;

import io.eventagents.EventTime;
import java.time.DateTimeException;
import java.time.Instant;

/** Times as the index can hold and show them: in the years 1 to 9999. */
public final class StorableTime {

  private StorableTime() {}

  /**
   * The same time.
   *
   * @throws DateTimeException where it is in another year
   */
  public static Instant of(Instant time) {
    if (!EventTime.isStorable(time)) {
      throw new DateTimeException(time + " is not in the years 1 to 9999");
    }
    return time;
  }
}
