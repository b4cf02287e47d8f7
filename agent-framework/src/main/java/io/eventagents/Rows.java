package io.eventagents;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Converts times and ids to what PostgreSQL stores, and back. Its driver takes no {@link Instant}.
 *
 * <pre>{@code
 * jdbc.sql("select paid_at from invoices where due_at < :now")
 *     .param("now", Rows.utc(clock.instant()))
 *     .query((row, number) -> Rows.instant(row, "paid_at"));
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class Rows {

  private Rows() {}

  /** A column of type {@code timestamptz} that is not null. */
  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** A column of type {@code timestamptz}. */
  public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** A parameter of type {@code timestamptz}. */
  public static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** A parameter of type {@code timestamptz} that may be null. */
  public static @Nullable OffsetDateTime utcOrNull(@Nullable Instant instant) {
    return instant == null ? null : utc(instant);
  }

  /**
   * An id that was stored as a {@link StorableKey}. If the column holds a digest, {@code
   * <column>_text} holds the id itself.
   */
  public static String original(ResultSet row, String column) throws SQLException {
    return new StorableKey(row.getString(column), row.getString(column + "_text")).original();
  }

  /** An id that was stored as a {@link StorableKey}, if there is one. */
  public static @Nullable String originalOrNull(ResultSet row, String column) throws SQLException {
    return row.getString(column) == null ? null : original(row, column);
  }

  /** A parameter of type {@code text[]}, which PostgreSQL casts to {@code uuid[]}. */
  public static String[] array(Collection<UUID> ids) {
    return ids.stream().map(UUID::toString).toArray(String[]::new);
  }
}
