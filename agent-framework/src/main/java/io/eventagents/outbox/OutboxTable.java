package io.eventagents.outbox;

import io.eventagents.EventHeaders;
import io.eventagents.StorableText;
import io.eventagents.wire.HeaderBytes;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The SQL of the outbox. */
final class OutboxTable {

  private static final String EVENT_ID = "event_id";

  private final String insert;
  private final String sendable;
  private final String hold;
  private final String delete;
  private final String park;
  private final String backlog;
  private final String regclass;
  private final String lead;

  OutboxTable(String schema) {
    String table = "\"%s\".outbox".formatted(schema);
    regclass = table;
    lead = "\"%s\".outbox_lead".formatted(schema);
    // The ids follow the order of the list: defaults are computed after the sort.
    insert =
        """
        insert into %s
          (topic, partition_number, record_timestamp, record_key, headers, value, event_id)
        select topic, partition_number, record_timestamp, record_key, headers, value, event_id
        from unnest(?, ?, ?, ?, ?, ?, ?) with ordinality as r
          (topic, partition_number, record_timestamp, record_key, headers, value, event_id, n)
        order by n
        """
            .formatted(table);
    // Always from the lowest id: it may be committed after a higher one was sent. The sum in the
    // condition keeps the database from searching all lower ids for a parked one, which it thinks
    // cheap if the table was empty when it was last analyzed.
    sendable =
        """
        select b.*, (select p.id from %1$s p
                     where p.parked_at is not null and p.topic = b.topic
                       and sha256(p.record_key) = sha256(b.record_key) and p.id + 0 < b.id
                     limit 1) as parked_before
        from (select id, topic, partition_number, record_timestamp, record_key, headers, value, event_id,
                sum(octet_length(headers) + coalesce(octet_length(value), 0)) over (order by id) as bytes,
                row_number() over (order by id) as n
              from %1$s where parked_at is null and held_by is null
              order by id limit ?) b
        where b.n = 1 or b.bytes <= ?
        order by b.id
        """
            .formatted(table);
    // The parked row is locked, so that a concurrent release leaves nothing held.
    hold =
        """
        update %1$s o set held_by = p.id
        from (select id from %1$s where id = ? and parked_at is not null for share) p
        where o.id = any (?) and o.parked_at is null and o.held_by is null
        """
            .formatted(table);
    delete = "delete from %s where id = any (?)".formatted(table);
    park =
        "update %s set parked_at = now(), parked_reason = ? where id = ? and parked_at is null"
            .formatted(table);
    backlog =
        """
        select
          (select count(*) from %1$s where parked_at is null and held_by is null) as sendable,
          (select count(*) from %1$s where held_by is not null) as held,
          (select count(*) from %1$s where parked_at is not null) as parked,
          (select extract(epoch from now() - created_at) from %1$s
           where parked_at is null and held_by is null order by id limit 1) as oldest_age
        """
            .formatted(table);
  }

  /** The table's name, for {@code regclass}. */
  String regclass() {
    return regclass;
  }

  /** The table that says who sends. */
  String lead() {
    return lead;
  }

  /** The query behind {@link #sendable(Connection, int, long)}. */
  String sendable() {
    return sendable;
  }

  void insert(Connection connection, List<ProducerRecord<byte[], byte[]>> records)
      throws SQLException {
    int size = records.size();
    String[] topics = new String[size];
    @Nullable Integer[] partitions = new @Nullable Integer[size];
    @Nullable Long[] timestamps = new @Nullable Long[size];
    byte[] @Nullable [] keys = new byte @Nullable [size][];
    byte[][] headers = new byte[size][];
    byte[] @Nullable [] values = new byte @Nullable [size][];
    @Nullable String[] eventIds = new @Nullable String[size];
    for (int i = 0; i < size; i++) {
      ProducerRecord<byte[], byte[]> record = records.get(i);
      topics[i] = record.topic();
      partitions[i] = record.partition();
      timestamps[i] = record.timestamp();
      keys[i] = record.key();
      headers[i] = HeaderBytes.write(record.headers());
      values[i] = record.value();
      eventIds[i] = eventId(record);
    }
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setArray(1, connection.createArrayOf("text", topics));
      statement.setArray(2, connection.createArrayOf("integer", partitions));
      statement.setArray(3, connection.createArrayOf("bigint", timestamps));
      statement.setArray(4, connection.createArrayOf("bytea", keys));
      statement.setArray(5, connection.createArrayOf("bytea", headers));
      statement.setArray(6, connection.createArrayOf("bytea", values));
      statement.setArray(7, connection.createArrayOf("text", eventIds));
      statement.executeUpdate();
    }
  }

  /** The first rows, in order, that are neither parked nor known to be held. */
  List<OutboxRow> sendable(Connection connection, int rows, long bytes) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sendable)) {
      statement.setInt(1, rows);
      statement.setLong(2, bytes);
      List<OutboxRow> found = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(row(row));
        }
      }
      return found;
    }
  }

  /**
   * Marks rows as waiting for the parked one of their key, so that they are not read again.
   *
   * @param rowsByParked the rows that wait, by the parked row that they wait for
   */
  int[] hold(Connection connection, Map<Long, List<Long>> rowsByParked) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(hold)) {
      for (Map.Entry<Long, List<Long>> rows : rowsByParked.entrySet()) {
        statement.setLong(1, rows.getKey());
        statement.setArray(2, ids(connection, rows.getValue()));
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  int delete(Connection connection, Collection<Long> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(delete)) {
      statement.setArray(1, ids(connection, rows));
      return statement.executeUpdate();
    }
  }

  /** Parks a row; false if it is already parked or gone. */
  boolean park(Connection connection, long row, String reason) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(park)) {
      statement.setString(1, StorableText.replace(reason));
      statement.setLong(2, row);
      return statement.executeUpdate() == 1;
    }
  }

  Backlog backlog(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(backlog);
        ResultSet row = statement.executeQuery()) {
      row.next();
      long held = row.getLong("held");
      double oldest = Math.max(0, row.getDouble("oldest_age"));
      return new Backlog(
          row.getLong("sendable") + held,
          Duration.ofMillis((long) (oldest * 1000)),
          held,
          row.getLong("parked"));
    }
  }

  private static OutboxRow row(ResultSet row) throws SQLException {
    return new OutboxRow(
        row.getLong("id"),
        row.getString("topic"),
        row.getObject("partition_number", Integer.class),
        row.getObject("record_timestamp", Long.class),
        row.getBytes("record_key"),
        row.getBytes("headers"),
        row.getBytes("value"),
        row.getString(EVENT_ID),
        row.getObject("parked_before", Long.class));
  }

  private static Array ids(Connection connection, Collection<Long> ids) throws SQLException {
    return connection.createArrayOf("bigint", ids.toArray(Long[]::new));
  }

  private static @Nullable String eventId(ProducerRecord<byte[], byte[]> record) {
    byte[] value = EventHeaders.value(record.headers(), EVENT_ID);
    return value == null ? null : StorableText.replace(new String(value, StandardCharsets.UTF_8));
  }
}
