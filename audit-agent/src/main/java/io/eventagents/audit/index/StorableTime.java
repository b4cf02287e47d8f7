package io.eventagents.audit.index;

import java.time.DateTimeException;
import java.time.Instant;

/** Times as the index can hold and show them: in the years 1 to 9999. */
public final class StorableTime {

  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private StorableTime() {}

  /**
   * The same time.
   *
   * @throws DateTimeException where it is in another year
   */
  public static Instant of(Instant time) {
    if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
      throw new DateTimeException(time + " is not in the years 1 to 9999");
    }
    return time;
  }
}
