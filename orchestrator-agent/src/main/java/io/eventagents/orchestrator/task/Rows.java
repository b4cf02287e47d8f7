package io.eventagents.orchestrator.task;

import io.eventagents.StorableKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Converts times and foreign ids to what the database stores, and back. */
public final class Rows {

  private Rows() {}

  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** An id. If the column holds a digest, {@code <column>_text} holds the id itself. */
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
