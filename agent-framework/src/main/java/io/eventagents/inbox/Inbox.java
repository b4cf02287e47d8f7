package io.eventagents.inbox;

import io.eventagents.StorableText;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Remembers which events each agent has handled.
 *
 * <pre>{@code
 * transactions.executeWithoutResult(status -> {
 *   Set<String> fresh = inbox.recordNew("reminder-scheduler", eventIds);
 *   ...                                            // handle those that are fresh, skip the others
 * });
 * }</pre>
 *
 * <p>An id is recorded when the caller's transaction commits, together with the effects of handling
 * the event: so the effects happen once. Each call is one round trip, whatever the number of ids.
 * Thread-safe.
 */
public final class Inbox {

  private final DataSource dataSource;
  private final JdbcTemplate jdbc;
  private final String recordNew;
  private final String handled;

  /**
   * @param dataSource the application's database, where the tables exist
   * @param schema the schema that they are in
   */
  public Inbox(DataSource dataSource, String schema) {
    this.dataSource = dataSource;
    this.jdbc = new JdbcTemplate(dataSource);
    // Sorted, so that two transactions with the same ids never both wait for each other.
    this.recordNew =
        """
        insert into "%s".inbox (agent, event_id)
        select ?, id from unnest(?) with ordinality as ids (id, n) order by n
        on conflict do nothing
        returning event_id
        """
            .formatted(schema);
    this.handled =
        "select event_id from \"%s\".inbox where agent = ? and event_id = any (?)"
            .formatted(schema);
  }

  /**
   * Records the ids in the caller's transaction. If another transaction has just recorded one of
   * them, this call waits for its end: an id that was committed there is not new here, one that was
   * rolled back is.
   *
   * @return those that were not recorded before: the events to handle
   * @throws IllegalStateException if no transaction is open
   */
  public Set<String> recordNew(String agent, Collection<String> eventIds) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()
        || !TransactionSynchronizationManager.hasResource(dataSource)) {
      throw new IllegalStateException(
          "Handled events are recorded together with their effects: call this in a transaction of the same DataSource");
    }
    return query(recordNew, agent, eventIds);
  }

  /** Those of the ids that are recorded already, by committed transactions or by the caller's. */
  public Set<String> handled(String agent, Collection<String> eventIds) {
    return query(handled, agent, eventIds);
  }

  private Set<String> query(String sql, String agent, Collection<String> eventIds) {
    if (eventIds.isEmpty()) {
      return Set.of();
    }
    Map<String, String> idByKey = new TreeMap<>();
    eventIds.forEach(id -> idByKey.put(StorableText.key(id), id));
    String[] keys = idByKey.keySet().toArray(String[]::new);
    Set<String> found = new HashSet<>();
    jdbc.query(
        sql,
        statement -> {
          statement.setString(1, agent);
          statement.setArray(2, statement.getConnection().createArrayOf("text", keys));
        },
        (RowCallbackHandler)
            row -> found.add(Objects.requireNonNull(idByKey.get(row.getString(1)))));
    return found;
  }
}
