package io.eventagents.audit.index;

import static io.eventagents.audit.Records.headers;
import static io.eventagents.audit.Records.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.Event;
import io.eventagents.ReceivedRecord;
import io.eventagents.RecordBatch;
import io.eventagents.audit.Records;
import io.eventagents.audit.TickingClock;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.GapReasons;
import io.eventagents.audit.log.LineReader;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogMeter;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LogReader;
import io.eventagents.audit.log.LogWitness;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.MalformedEvent;
import io.eventagents.wire.PayloadTypes;
import io.eventagents.wire.RecordIdentity;
import io.eventagents.wire.Routing;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents and the index are given the same records, and must make the same of them. */
class SameReadingTests {

  private static final List<String> IDS =
      List.of("\"a-1\"", "\"b-2\"", "\"é\"", "\" \"", "\"\"", "5", "null", "{\"a\":[1]}", "true");
  private static final List<String> TYPES =
      List.of("\"task.created\"", "\"task.done\"", "\" \"", "\"\"", "7", "null", "[\"task.done\"]");
  private static final List<String> TIMES =
      List.of(
          "\"2026-11-29T12:00:00.456Z\"",
          "\"2026-11-29T12:00Z\"",
          "\"2026-11-29T12:00:00+00\"",
          "\"2026-11-29 12:00:00,5+0000\"",
          "\"2026-12-31T23:59:60Z\"",
          "\"2026-11-29T24:00:00Z\"",
          "\"2026-11-29T12:00:00.1234567891234Z\"",
          "\"20261129T120000Z\"",
          "\"2026-11-29T12:00:00\"",
          "\"yesterday\"",
          "\"\"",
          "\"+10000-01-01T00:00:00Z\"",
          "\"9999-12-31T23:59:59-18:00\"",
          "1736951422456",
          "null",
          "false",
          "{\"seconds\":5}",
          "[2026,11,29]");
  private static final List<String> DATA =
      List.of("{\"task_id\":\"t\",\"event_id\":\"x\"}", "{}", "5", "null", "[\"task.done\"]");
  private static final List<String> METADATA = List.of("null", "7", "\"x\"", "[]", "{}");
  private static final List<byte[]> HEADER_VALUES =
      List.of(
          utf8("h-1"),
          utf8("\"h-2\""),
          utf8("é"),
          utf8(""),
          utf8("  "),
          utf8("\"\""),
          utf8("\" \""),
          utf8("\""),
          utf8("\"\"\""),
          utf8("task.created"),
          utf8("\"task.created\""),
          utf8("task.done"),
          new byte[] {'h', (byte) 0xE9},
          new byte[] {(byte) 0xFF});
  private static final List<String> ENDS = List.of("}", "}", "}", "} ", "}x", "}{}", ",", "");
  private static final List<Charset> CHARSETS =
      List.of(
          StandardCharsets.UTF_8,
          StandardCharsets.UTF_8,
          StandardCharsets.UTF_8,
          StandardCharsets.UTF_16LE,
          StandardCharsets.UTF_16BE,
          Charset.forName("UTF-32BE"),
          Charset.forName("UTF-32LE"),
          StandardCharsets.ISO_8859_1);
  private static final List<Long> TIMESTAMPS =
      List.of(Records.TIMESTAMP, Records.TIMESTAMP, 0L, -1L, Long.MAX_VALUE);

  private final EventReader agents = new EventReader();
  private final PayloadTypes types = PayloadTypes.open(List.of("task.created"));

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void readsForeignRecordsAsAgentsDo(long seed) throws Exception {
    Random random = new Random(seed);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int offset = 0; offset < 3_000; offset++) {
      records.add(record(offset, pick(random, TIMESTAMPS), body(random), headersOf(random)));
    }

    List<IndexedRecord> indexed = indexed(records);

    assertThat(indexed).hasSameSizeAs(records);
    for (int i = 0; i < records.size(); i++) {
      assertSame(records.get(i), indexed.get(i));
    }
  }

  @Test
  void reportsATimeThatNobodyCanRead() throws Exception {
    IndexedRecord record =
        indexed(
                List.of(
                    record(
                        0,
                        Records.TIMESTAMP,
                        utf8("{\"event_type\":\"a.done\",\"occurred_at\":\"yesterday\"}"),
                        headers())))
            .getFirst();

    assertThat(record.occurredAt()).isEqualTo(Instant.ofEpochMilli(Records.TIMESTAMP));
    assertThat(record.mismatches()).containsExactly(new Mismatch("occurred_at", null, "yesterday"));
    assertThat(record.mismatchesJson())
        .isEqualTo("[{\"field\":\"occurred_at\",\"body\":\"yesterday\"}]");
  }

  private void assertSame(ConsumerRecord<byte[], byte[]> record, IndexedRecord indexed) {
    String what = describe(record);
    Routing routing = agents.route(record, types);
    switch (routing) {
      case Routing.Addressed addressed -> {
        assertThat(indexed.eventType()).as(what).isEqualTo("task.created");
        assertSameEvent(record, addressed, indexed, what);
      }
      case Routing.NotAddressed other ->
          assertThat(indexed.eventType() == null)
              .as("%s is %s and %s", what, other, indexed.eventType())
              .isEqualTo(other == Routing.NotAddressed.UNREADABLE);
    }
    RecordIdentity identity = agents.identify(record);
    assertThat(indexed.eventId()).as(what).isEqualTo(identity.eventId());
    assertThat(indexed.correlationId()).as(what).isEqualTo(identity.correlationId());
  }

  private void assertSameEvent(
      ConsumerRecord<byte[], byte[]> record,
      Routing.Addressed addressed,
      IndexedRecord indexed,
      String what) {
    AtomicBoolean unreadableTime = new AtomicBoolean();
    try {
      Event<?> event = agents.read(record, addressed.type(), () -> unreadableTime.set(true));

      assertThat(indexed.eventId()).as(what).isEqualTo(event.eventId());
      assertThat(indexed.correlationId()).as(what).isEqualTo(event.metadata().correlationId());
      assertThat(Objects.requireNonNullElse(indexed.causationId(), ""))
          .as(what)
          .isEqualTo(event.metadata().causationId());
      assertThat(Objects.requireNonNullElse(indexed.source(), ""))
          .as(what)
          .isEqualTo(event.metadata().source());
      assertThat(indexed.occurredAt())
          .as(what)
          .isEqualTo(
              event.occurredAt().equals(Instant.EPOCH) && record.timestamp() < 0
                  ? indexed.loggedAt()
                  : event.occurredAt());
      assertThat(indexed.mismatches().stream().anyMatch(one -> one.field().equals("occurred_at")))
          .as(what)
          .isEqualTo(unreadableTime.get());
    } catch (MalformedEvent malformed) {
      // Then only whose it is matters, which is compared for all.
      assertThat(malformed.reason()).isNotEmpty();
    }
  }

  /** What the index says of records that went through the log. */
  private List<IndexedRecord> indexed(List<ConsumerRecord<byte[], byte[]>> records)
      throws Exception {
    List<IndexedRecord> indexed = new ArrayList<>();
    try (LogDirectory log = LogDirectory.open(directory)) {
      AuditLog audit =
          AuditLog.open(
              log,
              new TickingClock("2026-11-29T12:00:00Z"),
              LogMeter.NONE,
              GapReasons.UNTOLD,
              LogWitness.NONE,
              null);
      audit.accept(
          new RecordBatch(
              records.stream()
                  .map(record -> new ReceivedRecord(record, Records.TASK_EVENTS))
                  .toList()));
      for (String file : log.files()) {
        try (LogReader reader = new LogReader(log, new LogPlace(file, 0))) {
          for (LogLine line = reader.next(Long.MAX_VALUE);
              line != null;
              line = reader.next(Long.MAX_VALUE)) {
            indexed.add(RecordReading.of(line, LineReader.read(line.text())));
          }
        }
      }
      audit.close();
    }
    return indexed;
  }

  @SuppressWarnings("NullAway") // Kafka's records may have no value.
  private static ConsumerRecord<byte[], byte[]> record(
      long offset, long timestamp, byte @Nullable [] body, RecordHeaders headers) {
    return new ConsumerRecord<>(
        "task-events",
        0,
        offset,
        timestamp,
        TimestampType.CREATE_TIME,
        -1,
        -1,
        null,
        body,
        headers,
        Optional.empty());
  }

  private static byte @Nullable [] body(Random random) {
    if (random.nextInt(50) == 0) {
      return null;
    }
    List<String> members = new ArrayList<>();
    add(members, random, "event_id", IDS);
    add(members, random, "event_type", TYPES);
    add(members, random, "occurred_at", TIMES);
    add(members, random, "data", DATA);
    for (int i = random.nextInt(3); i > 0; i--) {
      members.add("\"metadata\":" + metadata(random));
    }
    Collections.shuffle(members, random);
    String json = "{" + String.join(",", members) + pick(random, ENDS);
    int end = random.nextInt(8) == 0 ? random.nextInt(json.length() + 1) : json.length();
    String marked = (random.nextInt(8) == 0 ? "\uFEFF" : "") + json.substring(0, end);
    return marked.getBytes(pick(random, CHARSETS));
  }

  private static String metadata(Random random) {
    if (random.nextInt(4) == 0) {
      return pick(random, METADATA);
    }
    List<String> members = new ArrayList<>();
    add(members, random, "correlation_id", IDS);
    add(members, random, "causation_id", IDS);
    add(members, random, "source", IDS);
    Collections.shuffle(members, random);
    return "{" + String.join(",", members) + "}";
  }

  /** Mostly once, sometimes twice or not at all. */
  private static void add(List<String> members, Random random, String name, List<String> values) {
    for (int i = Math.max(0, random.nextInt(6) - 3) + (random.nextInt(6) == 0 ? 0 : 1);
        i > 0;
        i--) {
      // Mostly what is usual, so that not every event is malformed.
      members.add(
          "\""
              + name
              + "\":"
              + (random.nextInt(3) == 0 ? pick(random, values) : values.getFirst()));
    }
  }

  private static RecordHeaders headersOf(Random random) {
    List<String> names =
        List.of("event_id", "event_type", "correlation_id", "causation_id", "source", "other");
    RecordHeaders headers = new RecordHeaders();
    for (int i = random.nextInt(6); i > 0; i--) {
      headers.add(
          pick(random, names), random.nextInt(15) == 0 ? null : pick(random, HEADER_VALUES));
    }
    return headers;
  }

  private static <T> T pick(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static String describe(ConsumerRecord<byte[], byte[]> record) {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    record
        .headers()
        .forEach(
            header -> {
              shown.writeBytes(utf8(" " + header.key() + "="));
              shown.writeBytes(header.value() == null ? utf8("null") : header.value());
            });
    return "%d: %s with headers%s"
        .formatted(
            record.offset(),
            record.value() == null
                ? "nothing"
                : new String(record.value(), StandardCharsets.ISO_8859_1),
            shown.toString(StandardCharsets.ISO_8859_1));
  }
}
