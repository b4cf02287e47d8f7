package io.eventagents.audit.index;

import io.eventagents.EventTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Times as the index can hold and show them: in the years 1 to 9999. */
public final class StorableTime {

  private StorableTime() {}

  /**
   * The same time.
   *
   * @throws DateTimeException if it is in another year
   */
  public static Instant of(Instant time) {
    if (!EventTime.isStorable(time)) {
      throw new DateTimeException(time + " is not in the years 1 to 9999");
    }
    return time;
  }

  /** The time as a parameter of a statement. */
  public static OffsetDateTime parameter(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  /** Reads a column of a row; null if the column is null. */
  public static @Nullable Instant read(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** The time in a column that always has one, by its number. */
  static Instant read(ResultSet row, int column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class)).toInstant();
  }
}
