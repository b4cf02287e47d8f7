package io.eventagents.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The records of an {@link Outbox} that Kafka refused, for a person to decide: released they are
 * tried again, once the topic takes larger records say; discarded they are gone. Either way the
 * records of their keys go on, in order. Thread-safe, and safe beside a running relay.
 */
public final class ParkedRecords {

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

  /** The first ones, oldest first. */
  public List<ParkedRecord> first(int limit) {
    return first(ParkedSelection.ALL, limit);
  }

  /** The first of those that are meant, oldest first. */
  public List<ParkedRecord> first(ParkedSelection selection, int limit) {
    return jdbc.sql(
            """
            select id, topic, record_key, event_id, parked_at, coalesce(parked_reason, '') as reason,
              (select count(*) from %1$s h where h.held_by = p.id) as holds
            from %1$s p where %2$s order by id limit ?
            """
                .formatted(table, selection.condition()))
        .params(selection.parameters())
        .param(limit)
        .query((row, number) -> parked(row))
        .list();
  }

  /** How many are meant. */
  public long count(ParkedSelection selection) {
    return jdbc.sql("select count(*) from %s where %s".formatted(table, selection.condition()))
        .params(selection.parameters())
        .query(Long.class)
        .single();
  }

  /**
   * Lets a record be tried again, and behind it the records that wait for it. In the caller's
   * transaction.
   *
   * @return false where it is not parked (any more)
   * @throws IllegalStateException where no transaction is open
   */
  public boolean release(long id) {
    return freeing(
        "update %s set parked_at = null, parked_reason = null where id = ? and parked_at is not null",
        id);
  }

  /**
   * Gives a record up; those that wait for it go. In the caller's transaction.
   *
   * @return false where it is not parked (any more)
   * @throws IllegalStateException where no transaction is open
   */
  public boolean discard(long id) {
    return freeing("delete from %s where id = ? and parked_at is not null", id);
  }

  /**
   * Lets all that are meant be tried again, as {@link #release(long)} does with one.
   *
   * @return how many
   * @throws IllegalStateException where no transaction is open
   */
  public int release(ParkedSelection selection) {
    return freeing(
        "update %1$s set parked_at = null, parked_reason = null where id in (%2$s) returning id",
        selection);
  }

  /**
   * Gives all up that are meant, as {@link #discard(long)} does with one.
   *
   * @return how many
   * @throws IllegalStateException where no transaction is open
   */
  public int discard(ParkedSelection selection) {
    return freeing("delete from %1$s where id in (%2$s) returning id", selection);
  }

  private int freeing(String statement, ParkedSelection selection) {
    requireTransaction();
    // In their order, so that two who free the same wait for each other and never both.
    String meant =
        "select id from %s where %s order by id for update".formatted(table, selection.condition());
    List<Long> freed =
        jdbc.sql(statement.formatted(table, meant))
            .params(selection.parameters())
            .query((row, number) -> row.getLong(1))
            .list();
    if (!freed.isEmpty()) {
      jdbc.sql("update %s set held_by = null where held_by = any (?)".formatted(table))
          .param(freed.toArray(Long[]::new))
          .update();
      outbox.wakeAfterCommit();
    }
    return freed.size();
  }

  private static void requireTransaction() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException(
          "A parked record and those that wait for it are freed together: call this in a transaction");
    }
  }

  private boolean freeing(String statement, long id) {
    requireTransaction();
    // First the row that the relay locks before it holds others back: then those it held are seen.
    if (jdbc.sql(statement.formatted(table)).param(id).update() == 0) {
      return false;
    }
    jdbc.sql("update %s set held_by = null where held_by = ?".formatted(table)).param(id).update();
    outbox.wakeAfterCommit();
    return true;
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
