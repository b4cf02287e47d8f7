package io.eventagents.audit.index;

import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LoggedRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of the index as the database has it, or as it should have it.
 *
 * @param place where its line starts
 * @param columns by name, in their order, as text
 */
record StoredRow(LogPlace place, Map<String, @Nullable String> columns) {

  static final String COLUMNS =
      """
      topic_id::text, topic, partition::text, "offset"::text, file, position::text, length::text,
      logged_at, record_timestamp, record_key, headers, payload, event_id, event_type, source,
      correlation_id, causation_id, occurred_at, metadata, data, mismatches, terms::text""";

  private static final Set<String> TIMES = Set.of("logged_at", "record_timestamp", "occurred_at");

  /** What people wrote into events is not repeated in reports. */
  private static final Set<String> CONTENT =
      Set.of("record_key", "headers", "metadata", "data", "mismatches", "terms");

  private static final int SHOWN = 80;

  static StoredRow read(ResultSet row, int number) throws SQLException {
    Map<String, @Nullable String> columns = new LinkedHashMap<>();
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      String name = row.getMetaData().getColumnName(i);
      columns.put(
          name,
          TIMES.contains(name) ? time(row.getObject(i, OffsetDateTime.class)) : row.getString(i));
    }
    return new StoredRow(
        new LogPlace(
            Objects.requireNonNull(columns.get("file")),
            Long.parseLong(Objects.requireNonNull(columns.get("position")))),
        columns);
  }

  static StoredRow of(IndexedRecord record) {
    Map<String, @Nullable String> columns = new LinkedHashMap<>();
    columns.put("topic_id", RecordIndex.uuid(record.partition().topicId()).toString());
    columns.put("topic", record.partition().topic());
    columns.put("partition", String.valueOf(record.partition().partition()));
    columns.put("offset", String.valueOf(record.offset()));
    columns.put("file", record.place().file());
    columns.put("position", String.valueOf(record.place().position()));
    columns.put("length", String.valueOf(record.length()));
    columns.put("logged_at", time(record.loggedAt()));
    columns.put("record_timestamp", time(record.timestamp()));
    columns.put("record_key", record.key());
    columns.put("headers", record.headers());
    columns.put("payload", record.payload());
    columns.put("event_id", record.eventId());
    columns.put("event_type", record.eventType());
    columns.put("source", record.source());
    columns.put("correlation_id", record.correlationId());
    columns.put("causation_id", record.causationId());
    columns.put("occurred_at", time(record.occurredAt()));
    columns.put("metadata", record.metadata());
    columns.put("data", record.data());
    columns.put("mismatches", CopyRows.mismatches(record));
    columns.put("terms", record.terms().text());
    return new StoredRow(record.place(), columns);
  }

  /** In what another row differs from this one, in words; null where in nothing. */
  @Nullable String difference(StoredRow other) {
    for (Map.Entry<String, @Nullable String> column : columns.entrySet()) {
      String name = column.getKey();
      String expected = column.getValue();
      String found = other.columns.get(name);
      if (!Objects.equals(expected, found)) {
        return CONTENT.contains(name)
            ? name + " is another"
            : "%s is %s, expected %s".formatted(name, shown(found), shown(expected));
      }
    }
    return null;
  }

  /** Whether it was made of this line: of the same record, logged at the same time. */
  boolean isOf(LoggedRecord line) {
    return Objects.equals(
            columns.get("topic_id"), RecordIndex.uuid(line.partition().topicId()).toString())
        && Objects.equals(columns.get("topic"), line.partition().topic())
        && Objects.equals(columns.get("partition"), String.valueOf(line.partition().partition()))
        && Objects.equals(columns.get("offset"), String.valueOf(line.offset()))
        && Objects.equals(columns.get("logged_at"), time(line.loggedAt()));
  }

  /** The record that it is of, as Kafka places it. */
  String record() {
    return "%s-%s offset %s"
        .formatted(columns.get("topic"), columns.get("partition"), columns.get("offset"));
  }

  private static String shown(@Nullable String value) {
    if (value == null) {
      return "nothing";
    }
    return "'" + (value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value) + "'";
  }

  private static @Nullable String time(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant().toString();
  }

  /** As PostgreSQL rounds it. */
  private static @Nullable String time(@Nullable Instant time) {
    return time == null
        ? null
        : time.plusNanos(500)
            .truncatedTo(ChronoUnit.MICROS)
            .atOffset(ZoneOffset.UTC)
            .toInstant()
            .toString();
  }
}
