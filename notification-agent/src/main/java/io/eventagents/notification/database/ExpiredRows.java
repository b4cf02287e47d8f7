package io.eventagents.notification.database;

import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rows that are no longer needed. They are deleted a few thousand at a time, so that no statement
 * runs into the time limit of a connection, however many rows there are.
 */
public final class ExpiredRows {

  private static final int AT_ONCE = 5_000;

  private ExpiredRows() {}

  /**
   * Deletes them and returns their number.
   *
   * @param condition selects them, and uses {@code :before}
   */
  public static int delete(JdbcClient database, String table, String condition, Instant before) {
    String statement =
        "delete from %1$s where ctid = any (array(select ctid from %1$s where %2$s limit %3$d))"
            .formatted(table, condition, AT_ONCE);
    int deleted = 0;
    int batch;
    do {
      batch = database.sql(statement).param("before", before.atOffset(ZoneOffset.UTC)).update();
      deleted += batch;
    } while (batch == AT_ONCE);
    return deleted;
  }
}
