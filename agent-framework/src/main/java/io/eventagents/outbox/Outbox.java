package io.eventagents.outbox;

import io.eventagents.database.DatabaseWrites;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Stores records in the caller's transaction; the {@link OutboxRelay} sends them after its commit.
 * So a record is sent if and only if the transaction was committed, even if the broker is down.
 *
 * <pre>{@code
 * transactions.executeWithoutResult(status -> {
 *   tasks.insert(task);                    // locks the entity's row first: order per key
 *   outbox.write(List.of(record));
 * });
 * }</pre>
 *
 * <p>Records of one topic and key are sent in the order in which they were written, if the
 * transactions that write them exclude each other, for example by locking the row of the entity
 * first. Each is sent at least once. Thread-safe.
 */
public final class Outbox {

  // The most that one statement carries, well below the database's limit of a message.
  private static final int CHUNK_ROWS = 1_000;
  private static final long CHUNK_BYTES = 16L * 1024 * 1024;

  private final DataSource dataSource;
  private final JdbcTemplate jdbc;
  private final OutboxTable table;
  private final DatabaseWrites writes;
  private final WakeUp committed = new WakeUp();
  private final TransactionSynchronization wakeAfterCommit =
      new TransactionSynchronization() {
        @Override
        public void afterCommit() {
          committed.call();
        }
      };

  /**
   * @param dataSource the application's database, which has the table
   * @param schema the schema that it is in
   */
  public Outbox(DataSource dataSource, String schema) {
    this.dataSource = dataSource;
    this.jdbc = new JdbcTemplate(dataSource);
    this.table = new OutboxTable(schema);
    this.writes = new DatabaseWrites(dataSource, schema, InstantSource.system());
  }

  /**
   * Stores the records in the order of the list: topic, partition, timestamp, key, value, and
   * headers with their order, repetitions and bytes. It takes a few round trips, however many there
   * are.
   *
   * @throws IllegalStateException if no transaction of this DataSource is open
   */
  public void write(List<ProducerRecord<byte[], byte[]>> records) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()
        || !TransactionSynchronizationManager.hasResource(dataSource)) {
      throw new IllegalStateException(
          "Events are stored together with the changes that they report: publish in a transaction of"
              + " the same DataSource, for example with @Transactional on the calling method");
    }
    if (records.isEmpty()) {
      return;
    }
    ConnectionCallback<Integer> insert =
        connection -> {
          for (List<ProducerRecord<byte[], byte[]>> chunk : chunks(records)) {
            table.insert(connection, chunk);
          }
          return records.size();
        };
    jdbc.execute(insert);
    wakeAfterCommit();
  }

  /** What waits now. With a million rows the database takes a few hundred ms. */
  public Backlog backlog() {
    ConnectionCallback<Backlog> query = table::backlog;
    return Objects.requireNonNull(jdbc.execute(query));
  }

  /** Whether the database takes writes; nothing is sent while it does not. */
  public DatabaseWrites writes() {
    return writes;
  }

  /** Wakes the relay of this process when the current transaction is committed. */
  void wakeAfterCommit() {
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(wakeAfterCommit);
    }
  }

  DataSource dataSource() {
    return dataSource;
  }

  OutboxTable table() {
    return table;
  }

  /** Called after each commit of this process that stored records. */
  WakeUp committed() {
    return committed;
  }

  private static List<List<ProducerRecord<byte[], byte[]>>> chunks(
      List<ProducerRecord<byte[], byte[]>> records) {
    List<List<ProducerRecord<byte[], byte[]>>> chunks = new ArrayList<>();
    int from = 0;
    long bytes = 0;
    for (int i = 0; i < records.size(); i++) {
      byte[] value = records.get(i).value();
      long size = value == null ? 0 : value.length;
      if (i > from && (i - from == CHUNK_ROWS || bytes + size > CHUNK_BYTES)) {
        chunks.add(records.subList(from, i));
        from = i;
        bytes = 0;
      }
      bytes += size;
    }
    chunks.add(records.subList(from, records.size()));
    return chunks;
  }
}
