package io.eventagents.ordering;

import io.eventagents.Sha256;
import io.eventagents.wire.HeaderBytes;
import io.eventagents.wire.RecordPosition;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Which keys of an agent are held by a failed event, and what waits behind it, stored in the
 * application's database. Thread-safe, even across all instances of the agent: appending to a key
 * and releasing it both lock the key's row.
 */
public final class HeldKeys {

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final String schema;

  /**
   * @param dataSource the application's database, where the tables exist
   * @param schema the schema that they are in
   * @param transactions of the same database
   */
  public HeldKeys(DataSource dataSource, String schema, PlatformTransactionManager transactions) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.transactions = new TransactionTemplate(transactions);
    this.schema = schema;
  }

  /**
   * Those of the keys that are held.
   *
   * @return where the event that holds the key was read, by key
   */
  public Map<ByteBuffer, RecordPosition> held(String agent, Collection<ByteBuffer> keys) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    Map<ByteBuffer, ByteBuffer> keyByDigest = new HashMap<>();
    keys.forEach(key -> keyByDigest.put(ByteBuffer.wrap(Sha256.of(bytes(key))), key));
    byte[][] digests = keyByDigest.keySet().stream().map(HeldKeys::bytes).toArray(byte[][]::new);
    Map<ByteBuffer, RecordPosition> held = new HashMap<>();
    jdbc.query(
        sql(
            "select key_digest, failed_at from %s.held_key where agent = ? and key_digest = any (?)"),
        statement -> {
          statement.setString(1, agent);
          statement.setArray(2, statement.getConnection().createArrayOf("bytea", digests));
        },
        (RowCallbackHandler)
            row ->
                held.put(
                    Objects.requireNonNull(keyByDigest.get(ByteBuffer.wrap(row.getBytes(1)))),
                    position(row.getString(2))));
    return held;
  }

  /** Where the event that holds the key was read; empty if the key is not held. */
  public Optional<RecordPosition> holderOf(String agent, byte[] key) {
    return jdbc
        .query(
            sql("select failed_at from %s.held_key where agent = ? and key_digest = ?"),
            (row, n) -> position(row.getString(1)),
            agent,
            Sha256.of(key))
        .stream()
        .findFirst();
  }

  /**
   * The event at this position failed: from now on the key's events wait behind it.
   *
   * @param insteadOf the failed event that holds the key until now and that this one follows: it
   *     was this event's earlier failure, or was handled in the end; null if there is none. A key
   *     that another event holds goes on waiting for that one.
   */
  public void hold(
      String agent, byte[] key, RecordPosition failedAt, @Nullable RecordPosition insteadOf) {
    jdbc.update(
        sql(
            """
            insert into %1$s.held_key as held (agent, key_digest, failed_at) values (?, ?, ?)
            on conflict (agent, key_digest) do update set failed_at = excluded.failed_at
            where held.failed_at = ?
            """),
        agent,
        Sha256.of(key),
        failedAt.toString(),
        insteadOf == null ? null : insteadOf.toString());
  }

  /**
   * Puts a record behind what already waits: once, however often it comes.
   *
   * @return false if the key is no longer held and the record is to be handled
   */
  public boolean append(String agent, ConsumerRecord<byte[], byte[]> record) {
    return Boolean.TRUE.equals(
        transactions.execute(
            status -> {
              byte[] digest = Sha256.of(record.key());
              if (!lock(agent, digest)) {
                return false;
              }
              jdbc.update(
                  sql(
                      """
                      insert into %s.held_event (agent, key_digest, topic, partition_number, record_offset,
                        record_timestamp, record_key, headers, value)
                      values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                      """),
                  agent,
                  digest,
                  record.topic(),
                  record.partition(),
                  record.offset(),
                  record.timestamp(),
                  record.key(),
                  HeaderBytes.write(record.headers()),
                  record.value());
              return true;
            }));
  }

  /** The first that waits. */
  public Optional<HeldEvent> first(String agent, byte[] key) {
    return jdbc
        .query(
            sql(
                """
                select id, topic, partition_number, record_offset, record_timestamp, record_key, headers, value
                from %s.held_event where agent = ? and key_digest = ? order by id limit 1
                """),
            (row, n) -> event(row),
            agent,
            Sha256.of(key))
        .stream()
        .findFirst();
  }

  /** Removes an event that is handled or dead-lettered itself. */
  public void remove(HeldEvent event) {
    jdbc.update(sql("delete from %s.held_event where id = ?"), event.id());
  }

  /**
   * Releases the key: its events are handled again as they come.
   *
   * @return false if something still waits, and the key stays held
   */
  public boolean release(String agent, byte[] key) {
    byte[] digest = Sha256.of(key);
    return Boolean.TRUE.equals(
        transactions.execute(
            status -> {
              if (lock(agent, digest) && first(agent, key).isPresent()) {
                return false;
              }
              jdbc.update(
                  sql("delete from %s.held_key where agent = ? and key_digest = ?"), agent, digest);
              return true;
            }));
  }

  /** How many records of the agent wait. */
  public long count(String agent) {
    return count(agent, "select count(*) from %s.held_event where agent = ?");
  }

  /** How many keys of the agent are held. */
  public long keyCount(String agent) {
    return count(agent, "select count(*) from %s.held_key where agent = ?");
  }

  private long count(String agent, String query) {
    return Objects.requireNonNull(jdbc.queryForObject(sql(query), Long.class, agent));
  }

  private boolean lock(String agent, byte[] digest) {
    return !jdbc.queryForList(
            sql("select 1 from %s.held_key where agent = ? and key_digest = ? for update"),
            Integer.class,
            agent,
            digest)
        .isEmpty();
  }

  private static HeldEvent event(ResultSet row) throws SQLException {
    byte[] key = row.getBytes("record_key");
    byte[] value = row.getBytes("value");
    return new HeldEvent(
        row.getLong("id"),
        new ConsumerRecord<>(
            row.getString("topic"),
            row.getInt("partition_number"),
            row.getLong("record_offset"),
            row.getLong("record_timestamp"),
            TimestampType.CREATE_TIME,
            key.length,
            value == null ? ConsumerRecord.NULL_SIZE : value.length,
            key,
            value,
            HeaderBytes.read(row.getBytes("headers")),
            Optional.empty()));
  }

  private String sql(String text) {
    return text.formatted('"' + schema + '"');
  }

  private static RecordPosition position(String text) {
    return RecordPosition.parse(text)
        .orElseThrow(() -> new IllegalStateException("No position of a record: " + text));
  }

  private static byte[] bytes(ByteBuffer key) {
    byte[] bytes = new byte[key.remaining()];
    key.duplicate().get(bytes);
    return bytes;
  }
}
