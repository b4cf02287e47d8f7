package io.eventagents.benchmarks.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The {@code reminder.due} events published since the last {@link #forget}, and their times. */
final class FiredReminders implements AutoCloseable {

  static final String TOPIC = "reminder-events";

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final JsonMapper json = JsonMapper.builder().build();
  private final Map<String, Instant> due = new HashMap<>();
  private final Map<String, Instant> published = new HashMap<>();
  private long records;

  FiredReminders(String bootstrapServers, int partitions) {
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(
        IntStream.range(0, partitions).mapToObj(n -> new TopicPartition(TOPIC, n)).toList());
  }

  /** Forgets all reminders so far. */
  void forget() {
    due.clear();
    published.clear();
    records = 0;
    consumer.seekToEnd(consumer.assignment());
    consumer.assignment().forEach(consumer::position);
  }

  /** Expects the reminders in the database, at their times. */
  void expect(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select reminder_id, remind_at from scheduling.reminders")) {
      while (row.next()) {
        due.put(row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant());
      }
    }
  }

  /**
   * Waits until all reminders are published and no more arrive.
   *
   * @throws IllegalStateException if that takes longer
   */
  void await(int reminders, Duration patience) {
    Instant end = Instant.now().plus(patience);
    Duration quiet = Duration.ofSeconds(2);
    while (read(quiet) || published.size() < reminders) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException(
            "Only %d of %d reminders were published in %s"
                .formatted(published.size(), reminders, patience));
      }
    }
  }

  private boolean read(Duration timeout) {
    boolean any = false;
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
      any = true;
      Header type = record.headers().lastHeader("event_type");
      if (type != null && new String(type.value(), UTF_8).equals("reminder.due")) {
        records++;
        published.putIfAbsent(
            json.readTree(record.value()).path("data").path("reminder_id").asString(""),
            Instant.ofEpochMilli(record.timestamp()));
      }
    }
    return any;
  }

  /** The number of records of all reminders. */
  long records() {
    return records;
  }

  /** The time at which the last reminder was stored for the first time. */
  Instant last() {
    return published.values().stream().max(Instant::compareTo).orElseThrow();
  }

  /** The lateness of each reminder, in nanoseconds. */
  Collection<Long> latenesses() {
    return published.entrySet().stream().map(this::lateness).toList();
  }

  private long lateness(Map.Entry<String, Instant> reminder) {
    @Nullable Instant at = due.get(reminder.getKey());
    if (at == null) {
      throw new IllegalStateException("Unexpected reminder " + reminder.getKey());
    }
    return Duration.between(at, reminder.getValue()).toNanos();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
