package io.eventagents.audit.index;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The columns of {@code audit.records} that say what a record is, in the order in which rows are
 * written. {@link CopyRows} writes their values one by one, since it writes most of all rows.
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
  /** As text, since an array has no arrays of several lengths in it. */
  TERMS("text", record -> record.terms().text()),
  IN_PART("text", IndexedRecord::inPart);

  /** Those by which a row is found to be the one of a line. */
  static final Set<RecordColumn> COMPARED = EnumSet.complementOf(EnumSet.of(IN_PART));

  /** What people wrote into events. */
  static final Set<RecordColumn> CONTENT =
      EnumSet.of(RECORD_KEY, HEADERS, METADATA, DATA, MISMATCHES, TERMS);

  private final String column = name().toLowerCase(Locale.ROOT);
  private final String type;
  private final Function<IndexedRecord, @Nullable Object> value;

  RecordColumn(String type, Function<IndexedRecord, @Nullable Object> value) {
    this.type = type;
    this.value = value;
  }

  /** All of them, each as it stands in a part of a statement. */
  static String all(Function<RecordColumn, String> as) {
    return Arrays.stream(values()).map(as).collect(joining(", "));
  }

  /** As a statement names it. */
  String sql() {
    return this == OFFSET ? "\"offset\"" : column;
  }

  /** The type of the elements of an array of its values. */
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
