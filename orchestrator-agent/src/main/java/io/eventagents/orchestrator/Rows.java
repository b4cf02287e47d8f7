package io.eventagents.orchestrator;

import io.eventagents.StorableKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Times and foreign ids as the database has them. */
final class Rows {

  private Rows() {}

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** An id whose text is in {@code <column>_text} where the column has its digest. */
  static String original(ResultSet row, String column) throws SQLException {
    return new StorableKey(row.getString(column), row.getString(column + "_text")).original();
  }

  static @Nullable String originalOrNull(ResultSet row, String column) throws SQLException {
    return row.getString(column) == null ? null : original(row, column);
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
