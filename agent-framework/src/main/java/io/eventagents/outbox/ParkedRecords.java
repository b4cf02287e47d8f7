package io.eventagents.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The records of an {@link Outbox} that Kafka refused, for a person to decide on. Released ones are
 * tried again, for example once the topic takes larger records; discarded ones are deleted. Either
 * way the later records of their keys go on, in order. Thread-safe, and safe beside a running
 * relay.
 */
public final class ParkedRecords {

  private static final String MEANT = "(select id from %1$s where %2$s order by id for update)";
  private static final String RELEASE =
      "update %1$s set parked_at = null, parked_reason = null where id in "
          + MEANT
          + " returning id";
  private static final String DISCARD = "delete from %1$s where id in " + MEANT + " returning id";
  private static final String ONE = "parked_at is not null and id = :id";

  private final Outbox outbox;
  private final JdbcClient jdbc;
  private final String table;

  /**
   * @param outbox whose records
   */
  public ParkedRecords(Outbox outbox) {
    this.outbox = outbox;
    this.jdbc = JdbcClient.create(outbox.dataSource());
    this.table = outbox.table().regclass();
  }

  /** The first of the selected ones, oldest first. */
  public List<ParkedRecord> first(ParkedSelection selection, int limit) {
    return jdbc.sql(
            """
            select id, topic, record_key, event_id, parked_at, coalesce(parked_reason, '') as reason,
              (select count(*) from %1$s h where h.held_by = p.id) as holds
            from %1$s p where %2$s order by id limit :limit
            """
                .formatted(table, ParkedSelection.CONDITION))
        .params(selection.parameters())
        .param("limit", limit)
        .query((row, number) -> parked(row))
        .list();
  }

  /** How many are selected. */
  public long count(ParkedSelection selection) {
    return jdbc.sql("select count(*) from %s where %s".formatted(table, ParkedSelection.CONDITION))
        .params(selection.parameters())
        .query(Long.class)
        .single();
  }

  /**
   * Lets a record be tried again, followed by the records that wait for it, in the caller's
   * transaction.
   *
   * @return false if it is not parked, or no longer
   * @throws IllegalStateException if no transaction is open
   */
  public boolean release(long id) {
    return free(RELEASE, ONE, Map.of("id", id)) > 0;
  }

  /**
   * Deletes a record and lets those that wait for it go, in the caller's transaction.
   *
   * @return false if it is not parked, or no longer
   * @throws IllegalStateException if no transaction is open
   */
  public boolean discard(long id) {
    return free(DISCARD, ONE, Map.of("id", id)) > 0;
  }

  /**
   * Lets all selected ones be tried again, as {@link #release(long)} does with one.
   *
   * @return how many
   * @throws IllegalStateException if no transaction is open
   */
  public int release(ParkedSelection selection) {
    return free(RELEASE, ParkedSelection.CONDITION, selection.parameters());
  }

  /**
   * Deletes all selected ones, as {@link #discard(long)} does with one.
   *
   * @return how many
   * @throws IllegalStateException if no transaction is open
   */
  public int discard(ParkedSelection selection) {
    return free(DISCARD, ParkedSelection.CONDITION, selection.parameters());
  }

  private int free(String statement, String condition, Map<String, Object> parameters) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException(
          "A parked record and those that wait for it are freed together: call this in a transaction");
    }
    // First the rows that the relay locks before it holds others back, so that the update below
    // sees all that it held. In their order, so that two calls that free the same rows cannot
    // deadlock.
    List<Long> freed =
        jdbc.sql(statement.formatted(table, condition))
            .params(parameters)
            .query((row, number) -> row.getLong(1))
            .list();
    if (!freed.isEmpty()) {
      jdbc.sql("update %s set held_by = null where held_by = any (:freed)".formatted(table))
          .param("freed", freed.toArray(Long[]::new))
          .update();
      outbox.wakeAfterCommit();
    }
    return freed.size();
  }

  private static ParkedRecord parked(ResultSet row) throws SQLException {
    return new ParkedRecord(
        row.getLong("id"),
        row.getString("topic"),
        text(row.getBytes("record_key")),
        row.getString("event_id"),
        row.getTimestamp("parked_at").toInstant(),
        row.getString("reason"),
        row.getLong("holds"));
  }

  private static @Nullable String text(byte @Nullable [] key) {
    return key == null ? null : new String(key, UTF_8);
  }
}
