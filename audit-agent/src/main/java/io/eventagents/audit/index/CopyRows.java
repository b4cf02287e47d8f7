package io.eventagents.audit.index;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of {@code audit.records} in the binary form of PostgreSQL's {@code COPY}, which costs the
 * server the least parsing.
 */
final class CopyRows {

  /** The statement that reads them. */
  static final String STATEMENT =
      "copy audit.records (log, %s) from stdin (format binary)"
          .formatted(RecordColumn.all(RecordColumn::sql));

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
  };
  private static final int COLUMNS = 1 + RecordColumn.values().length;
  private static final int OID_OF_BIGINT = 20;

  /** PostgreSQL counts from the year 2000. */
  private static final long EPOCH_SECONDS = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

  private final int log;
  private ByteBuffer bytes = ByteBuffer.allocate(256 * 1024);

  private CopyRows(int log) {
    this.log = log;
    bytes.put(SIGNATURE);
    int4(0); // flags
    int4(0); // no extension of the header
  }

  /**
   * @param log the number of the log in the index
   */
  static CopyRows of(int log, List<IndexedRecord> records) {
    CopyRows rows = new CopyRows(log);
    records.forEach(rows::row);
    rows.int2(-1);
    return rows;
  }

  /** The rows, in the first {@link #length()} bytes. */
  byte[] bytes() {
    return bytes.array();
  }

  int length() {
    return bytes.position();
  }

  private void row(IndexedRecord record) {
    int2(COLUMNS);
    int4Column(log);
    uuid(RecordIndex.uuid(record.partition().topicId()));
    text(record.partition().topic());
    int4Column(record.partition().partition());
    int8Column(record.offset());
    text(record.place().file());
    int8Column(record.place().position());
    int4Column(record.length());
    time(record.loggedAt());
    time(record.timestamp());
    text(record.key());
    text(record.headers());
    text(record.payload());
    text(record.eventId());
    text(record.eventType());
    text(record.source());
    text(record.correlationId());
    text(record.causationId());
    time(record.occurredAt());
    text(record.metadata());
    text(record.data());
    text(record.mismatchesJson());
    array(record.terms());
    text(record.inPart());
  }

  private void uuid(UUID value) {
    int4(16);
    int8(value.getMostSignificantBits());
    int8(value.getLeastSignificantBits());
  }

  private void text(@Nullable String value) {
    if (value == null) {
      int4(-1);
      return;
    }
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    int4(utf8.length);
    ensure(utf8.length);
    bytes.put(utf8);
  }

  private void time(@Nullable Instant value) {
    if (value == null) {
      int4(-1);
      return;
    }
    // Rounded as PostgreSQL rounds, to the nearest microsecond.
    int micros = (value.getNano() + 500) / 1000;
    int8Column((value.getEpochSecond() - EPOCH_SECONDS) * 1_000_000 + micros);
  }

  private void array(Terms terms) {
    int count = terms.count();
    if (count == 0) {
      int4(12);
      int4(0); // dimensions
      int4(0); // no null in it
      int4(OID_OF_BIGINT);
      return;
    }
    int4(20 + 12 * count);
    int4(1);
    int4(0);
    int4(OID_OF_BIGINT);
    int4(count);
    int4(1); // its first index
    LongStream values = terms.stream();
    values.forEach(this::int8Column);
  }

  private void int4Column(int value) {
    int4(4);
    int4(value);
  }

  private void int8Column(long value) {
    int4(8);
    int8(value);
  }

  private void int2(int value) {
    ensure(2);
    bytes.putShort((short) value);
  }

  private void int4(int value) {
    ensure(4);
    bytes.putInt(value);
  }

  private void int8(long value) {
    ensure(8);
    bytes.putLong(value);
  }

  private void ensure(int more) {
    if (bytes.remaining() < more) {
      int size = Math.max(2 * bytes.capacity(), bytes.position() + more);
      bytes = ByteBuffer.allocate(size).put(bytes.flip());
    }
  }
}
