package io.eventagents.audit.index;

import static java.util.stream.Collectors.joining;

import io.eventagents.audit.log.LogPartition;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LoggedRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of the index as the database has it, or as it should have it.
 *
 * @param place where its line starts
 * @param columns as text
 */
record StoredRow(LogPlace place, Map<RecordColumn, @Nullable String> columns) {

  static final String COLUMNS =
      RecordColumn.COMPARED.stream()
          .map(column -> column.isTime() ? column.sql() : column.sql() + "::text")
          .collect(joining(", "));

  private static final int SHOWN = 80;

  static StoredRow read(ResultSet row, int number) throws SQLException {
    Map<RecordColumn, @Nullable String> columns = new EnumMap<>(RecordColumn.class);
    for (RecordColumn column : RecordColumn.COMPARED) {
      columns.put(
          column,
          column.isTime()
              ? text(StorableTime.read(row, column.toString()))
              : row.getString(column.toString()));
    }
    return new StoredRow(
        new LogPlace(
            Objects.requireNonNull(columns.get(RecordColumn.FILE)),
            Long.parseLong(Objects.requireNonNull(columns.get(RecordColumn.POSITION)))),
        columns);
  }

  static StoredRow of(IndexedRecord record) {
    Map<RecordColumn, @Nullable String> columns = new EnumMap<>(RecordColumn.class);
    for (RecordColumn column : RecordColumn.COMPARED) {
      columns.put(column, text(column.of(record)));
    }
    return new StoredRow(record.place(), columns);
  }

  /** Describes how another row differs from this one; null if it does not. */
  @Nullable String difference(StoredRow other) {
    for (RecordColumn column : RecordColumn.COMPARED) {
      String expected = columns.get(column);
      String found = other.columns.get(column);
      if (!Objects.equals(expected, found)) {
        // Reports do not repeat the content of events.
        return RecordColumn.CONTENT.contains(column)
            ? column + " is another"
            : "%s is %s, expected %s".formatted(column, shown(found), shown(expected));
      }
    }
    return null;
  }

  /** Whether it belongs to a line: to the same record, logged at the same time. */
  boolean isOf(LoggedRecord line) {
    LogPartition partition = line.partition();
    return is(RecordColumn.TOPIC_ID, RecordIndex.uuid(partition.topicId()))
        && is(RecordColumn.TOPIC, partition.topic())
        && is(RecordColumn.PARTITION, partition.partition())
        && is(RecordColumn.OFFSET, line.offset())
        && is(RecordColumn.LOGGED_AT, line.loggedAt());
  }

  private boolean is(RecordColumn column, Object expected) {
    return Objects.equals(columns.get(column), text(expected));
  }

  /** The place of its record on Kafka. */
  String record() {
    return "%s-%s offset %s"
        .formatted(
            columns.get(RecordColumn.TOPIC),
            columns.get(RecordColumn.PARTITION),
            columns.get(RecordColumn.OFFSET));
  }

  private static String shown(@Nullable String value) {
    if (value == null) {
      return "nothing";
    }
    return "'" + (value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value) + "'";
  }

  /** A value as text; a time is rounded as PostgreSQL rounds it. */
  private static @Nullable String text(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Instant time -> time.plusNanos(500).truncatedTo(ChronoUnit.MICROS).toString();
      default -> value.toString();
    };
  }
}
