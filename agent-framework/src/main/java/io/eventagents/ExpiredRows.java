package io.eventagents;

import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rows that are no longer needed. They are deleted a few thousand at a time, so that no statement
 * runs into the time limit of a connection, however many rows there are. Several instances may do
 * so at once.
 *
 * <pre>{@code
 * ExpiredRows.delete(jdbc, "invoices.reminders", "sent_at < :before", clock.instant().minus(kept));
 * }</pre>
 *
 * <p>Thread-safe. Call it outside of a transaction, or all of them are deleted at once.
 */
public final class ExpiredRows {

  private static final int AT_ONCE = 5_000;

  private ExpiredRows() {}

  /**
   * Deletes them and returns their number. Rows that another transaction has locked are left.
   *
   * @param condition selects them, and uses {@code :before}
   */
  public static int delete(JdbcClient database, String table, String condition, Instant before) {
    String statement =
        "delete from %1$s where ctid = any (array(select ctid from %1$s where %2$s limit %3$d for update skip locked))"
            .formatted(table, condition, AT_ONCE);
    int deleted = 0;
    int batch;
    do {
      batch = database.sql(statement).param("before", Rows.utc(before)).update();
      deleted += batch;
    } while (batch == AT_ONCE);
    return deleted;
  }
}
