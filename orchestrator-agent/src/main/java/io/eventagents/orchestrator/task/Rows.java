package io.eventagents.orchestrator.task;

import io.eventagents.StorableKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Times and foreign ids as the database has them. */
public final class Rows {

  private Rows() {}

  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** An id whose text is in {@code <column>_text} where the column has its digest. */
  public static String original(ResultSet row, String column) throws SQLException {
    return new StorableKey(row.getString(column), row.getString(column + "_text")).original();
  }

  public static @Nullable String originalOrNull(ResultSet row, String column) throws SQLException {
    return row.getString(column) == null ? null : original(row, column);
  }

  public static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
