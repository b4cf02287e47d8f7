package io.eventagents.audit.index;

import static java.util.stream.Collectors.joining;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The columns of {@code audit.records} that are read from a record, in the order in which rows are
 * written. {@link CopyRows} repeats the order, because it writes nearly all rows and must be fast.
 */
enum RecordColumn {
  TOPIC_ID("uuid", record -> RecordIndex.uuid(record.partition().topicId())),
  TOPIC("text", record -> record.partition().topic()),
  PARTITION("int4", record -> record.partition().partition()),
  OFFSET("int8", IndexedRecord::offset),
  FILE("text", record -> record.place().file()),
  POSITION("int8", record -> record.place().position()),
  LENGTH("int4", IndexedRecord::length),
  LOGGED_AT("timestamptz", IndexedRecord::loggedAt),
  RECORD_TIMESTAMP("timestamptz", IndexedRecord::timestamp),
  RECORD_KEY("text", IndexedRecord::key),
  HEADERS("text", IndexedRecord::headers),
  PAYLOAD("text", IndexedRecord::payload),
  EVENT_ID("text", IndexedRecord::eventId),
  EVENT_TYPE("text", IndexedRecord::eventType),
  SOURCE("text", IndexedRecord::source),
  CORRELATION_ID("text", IndexedRecord::correlationId),
  CAUSATION_ID("text", IndexedRecord::causationId),
  OCCURRED_AT("timestamptz", IndexedRecord::occurredAt),
  METADATA("text", IndexedRecord::metadata),
  DATA("text", IndexedRecord::data),
  MISMATCHES("text", IndexedRecord::mismatchesJson),
  /** As text, because an array cannot hold arrays of different lengths. */
  TERMS("text", record -> record.terms().text()),
  IN_PART("text", IndexedRecord::inPart);

  /** The columns that tell a row from others. */
  static final Set<RecordColumn> KEY = EnumSet.of(TOPIC_ID, TOPIC, PARTITION, OFFSET);

  /** The columns in which a row must agree with its line. */
  static final Set<RecordColumn> COMPARED = EnumSet.complementOf(EnumSet.of(IN_PART));

  /** What people wrote into events. */
  static final Set<RecordColumn> CONTENT =
      EnumSet.of(RECORD_KEY, HEADERS, METADATA, DATA, MISMATCHES, TERMS);

  private final String column = name().toLowerCase(Locale.ROOT);
  private final String type;

  @SuppressWarnings("ImmutableEnumChecker") // the functions have no state
  private final Function<IndexedRecord, @Nullable Object> value;

  RecordColumn(String type, Function<IndexedRecord, @Nullable Object> value) {
    this.type = type;
    this.value = value;
  }

  /** A list of all columns in SQL, each as the function writes it. */
  static String all(Function<RecordColumn, String> as) {
    return list(EnumSet.allOf(RecordColumn.class), as);
  }

  /** A list of these columns in SQL, each as the function writes it. */
  static String list(Set<RecordColumn> columns, Function<RecordColumn, String> as) {
    return columns.stream().map(as).collect(joining(", "));
  }

  /** Its name in SQL. */
  String sql() {
    return this == OFFSET ? "\"offset\"" : column;
  }

  /** The SQL type of a value in an array of values. */
  String type() {
    return type;
  }

  boolean isTime() {
    return type.equals("timestamptz");
  }

  @Nullable Object of(IndexedRecord record) {
    return value.apply(record);
  }

  /** Its name. */
  @Override
  public String toString() {
    return column;
  }
}
