package io.eventagents.audit.index;

import static io.eventagents.audit.Records.headers;
import static io.eventagents.audit.Records.utf8;
import static io.eventagents.audit.Records.wire;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogPartition;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LoggedHeader;
import io.eventagents.audit.log.LoggedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReadingTests {

  private static final Instant LOGGED_AT = Instant.parse("2025-01-15T14:30:23Z");
  private static final RecordHeaders NONE = new RecordHeaders();

  @Test
  void readsTheReferenceEvent() {
    IndexedRecord record = read(NONE, wire("task.created.json"));

    assertThat(record.eventId()).isEqualTo("e7c5a8f2-3b4d-4e6a-9f1c-2d8e7a6b5c4d");
    assertThat(record.eventType()).isEqualTo("task.created");
    assertThat(record.occurredAt()).isEqualTo("2025-01-15T14:30:22.456Z");
    assertThat(record.correlationId()).isEqualTo("req-abc-123");
    assertThat(record.causationId()).isEqualTo("api-call-789");
    assertThat(record.source()).isEqualTo("task-api");
    assertThat(record.data())
        .isEqualTo(
            """
            { "task_id": "task-123", "title": "Review quarterly report", "owner_id": "user-456", \
            "priority": 2 }""");
    assertThat(record.metadata()).startsWith("{ \"correlation_id\"").endsWith("\"task-api\" }");
    assertThat(record.mismatches()).isEmpty();
  }

  @Test
  void takesTheEventIdForAMissingCorrelationId() {
    IndexedRecord record = read(NONE, wire("task.completed.no-metadata.json"));

    assertThat(record.correlationId()).isEqualTo("0b0f4a1e-6a39-4f2b-9d6e-3f1f0a9f9c11");
    assertThat(record.causationId()).isNull();
  }

  @Test
  void readsATypeWithoutAnEventId() {
    IndexedRecord record = read(NONE, wire("no-event-id.json"));

    assertThat(record.eventType()).isEqualTo("task.created");
    assertThat(record.eventId()).isNull();
    assertThat(record.correlationId()).isNull();
  }

  @Test
  void findsNoTypeInAPayloadThatIsNotJson() {
    IndexedRecord record = read(NONE, wire("not-json.txt"));

    assertThat(record.eventType()).isNull();
    assertThat(record.payload()).isEqualTo("raw");
    assertThat(record.occurredAt()).isEqualTo("2025-01-15T14:30:22.456Z");
  }

  @Test
  void takesTheHeadersIfTheBodySaysNothing() {
    IndexedRecord record =
        read(
            headers(
                "event_id",
                "e-1",
                "event_type",
                "a.done",
                "correlation_id",
                "c-1",
                "causation_id",
                "e-0",
                "source",
                "s"),
            wire("not-json.txt"));

    assertThat(record.eventId()).isEqualTo("e-1");
    assertThat(record.eventType()).isEqualTo("a.done");
    assertThat(record.correlationId()).isEqualTo("c-1");
    assertThat(record.causationId()).isEqualTo("e-0");
    assertThat(record.source()).isEqualTo("s");
    assertThat(record.mismatches()).isEmpty();
  }

  @Test
  void reportsTheFieldsInWhichHeadersAndBodyDiffer() {
    IndexedRecord record =
        read(
            headers(
                "event_id",
                "other",
                "event_type",
                "task.deleted",
                "correlation_id",
                "req-other",
                "causation_id",
                "api-call-789",
                "source",
                "\"task-api\""),
            wire("task.created.json"));

    assertThat(record.mismatches())
        .containsExactly(
            new Mismatch("event_id", "other", "e7c5a8f2-3b4d-4e6a-9f1c-2d8e7a6b5c4d"),
            new Mismatch("event_type", "task.deleted", "task.created"),
            new Mismatch("correlation_id", "req-other", "req-abc-123"));
    // As agents do: the header decides who takes it, the body is what they take.
    assertThat(record.eventType()).isEqualTo("task.deleted");
    assertThat(record.eventId()).isEqualTo("e7c5a8f2-3b4d-4e6a-9f1c-2d8e7a6b5c4d");
    assertThat(record.correlationId()).isEqualTo("req-abc-123");
  }

  @Test
  void takesTheLastOfRepeatedHeadersAndNames() {
    IndexedRecord record =
        read(
            headers("source", "first", "source", "last"),
            utf8(
                """
                {"event_id":"1","event_id":"2","metadata":{"source":"x"},"metadata":{"tenant":"y"},
                 "data":1,"data":[-1.50E+2]}"""));

    assertThat(record.eventId()).isEqualTo("2");
    assertThat(record.source()).isEqualTo("last");
    assertThat(record.metadata()).isEqualTo("{\"tenant\":\"y\"}");
    assertThat(record.data()).isEqualTo("[-1.50E+2]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "-0.10",
        "\"text \\\" \\u0000\"",
        "null",
        "true",
        "[]",
        "{ }",
        "[1, {\"a\": 2}]"
      })
  void keepsDataAsTheyWereSent(String data) {
    IndexedRecord record =
        read(NONE, utf8("{\"event_type\":\"a.done\",\"data\": " + data + " ,\"event_id\":\"é\"}"));

    assertThat(record.data()).isEqualTo(data);
    assertThat(record.eventId()).isEqualTo("é");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"yesterday\"",
        "{}",
        "\"2025-13-01T00:00:00Z\"",
        "\"+300000-01-01T00:00:00Z\"",
        "17",
        "null"
      })
  void takesTheTimestampForATimeThatCannotBeRead(String occurredAt) {
    IndexedRecord record =
        read(NONE, utf8("{\"event_type\":\"a.done\",\"occurred_at\":" + occurredAt + "}"));

    assertThat(record.occurredAt()).isEqualTo("2025-01-15T14:30:22.456Z");
  }

  @Test
  void readsATimeInAnotherZone() {
    IndexedRecord record = read(NONE, utf8("{\"occurred_at\":\"2025-01-15T16:30:22+02:00\"}"));

    assertThat(record.occurredAt()).isEqualTo("2025-01-15T14:30:22Z");
  }

  @Test
  void readsTheEnvelopeOfAnEventTooDeepToShow() {
    byte[] deep =
        utf8(
            "{\"data\":" + "[".repeat(50_000) + "]".repeat(50_000) + ",\"event_type\":\"a.done\"}");
    LoggedRecord logged = logged(NONE, null, deep);

    IndexedRecord record = RecordReading.of(line(), logged);

    assertThat(record.eventType()).isEqualTo("a.done");
    assertThat(record.data()).isNull();
  }

  @Test
  void findsAnEventTooDeepForAnyReaderByItsHeaders() {
    byte[] deep = utf8("{\"event_type\":\"a.done\",\"data\":" + "[".repeat(5_000_000));
    LoggedRecord logged = logged(headers("event_id", "e-1", "event_type", "b.done"), null, deep);

    IndexedRecord record = RecordReading.of(line(), logged);

    assertThat(record.eventId()).isEqualTo("e-1");
    assertThat(record.eventType()).isEqualTo("b.done");
    assertThat(record.payload()).isEqualTo("raw");
    assertThat(record.mismatches()).extracting(Mismatch::field).containsExactly("event_type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[{\"\":", "{\"abcdefgh\":", "[[{\"a\":"})
  void readsARecordThatIsAllBeginning(String level) {
    byte[] payload = utf8("{\"data\":" + level.repeat(60_000));

    IndexedRecord record = RecordReading.of(line(), logged(NONE, null, payload));

    assertThat(record.eventType()).isNull();
    assertThat(record.payload()).isEqualTo("raw");
  }

  @Test
  void makesTextsThatTheDatabaseCanStore() {
    String longId = "x".repeat(100_000);

    assertThat(IndexedText.of("a\u0000b\ud800c😀")).isEqualTo("a\ufffdb\ufffdc😀");
    assertThat(IndexedText.of(longId)).hasSizeLessThan(400).isEqualTo(IndexedText.of(longId));
    assertThat(IndexedText.of(longId)).isNotEqualTo(IndexedText.of(longId + "y"));
    assertThat(IndexedText.of("\ud83d\ude00".repeat(5000))).doesNotContain("\ufffd");
    assertThat(IndexedText.of("x" + "\ud83d\ude00".repeat(5000))).contains("\ufffd…sha256:");
  }

  private static IndexedRecord read(RecordHeaders headers, byte[] payload) {
    boolean json = payload[0] == '{';
    return RecordReading.of(line(), logged(headers, json ? payload : null, json ? null : payload));
  }

  private static LogLine line() {
    return new LogLine(new LogPlace("audit-2025-01-15.jsonl", 0), new byte[100], true);
  }

  private static LoggedRecord logged(
      RecordHeaders headers, byte @Nullable [] event, byte @Nullable [] raw) {
    List<LoggedHeader> logged = new ArrayList<>();
    for (Header header : headers) {
      logged.add(
          new LoggedHeader(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
    }
    return new LoggedRecord(
        LOGGED_AT,
        new LogPartition("task-events", Uuid.ZERO_UUID, 0),
        1,
        1_736_951_422_456L,
        "task-123",
        logged,
        "[]",
        event,
        raw,
        null);
  }
}
