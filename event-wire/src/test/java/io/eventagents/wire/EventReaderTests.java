package io.eventagents.wire;

import static io.eventagents.wire.Wire.file;
import static io.eventagents.wire.Wire.record;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventagents.Event;
import io.eventagents.EventMetadata;
import io.eventagents.EventType;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EventReaderTests {

  sealed interface TaskEvent {}

  @EventType("task.created")
  record TaskCreated(
      String taskId, String title, String ownerId, int priority, @Nullable Instant dueAt)
      implements TaskEvent {}

  @EventType("task.completed")
  record TaskCompleted(String taskId) implements TaskEvent {}

  @EventType("order.placed")
  record OrderPlaced(String orderId, List<Line> lines, Optional<String> note) {
    record Line(String sku, int quantity) {}
  }

  @EventType("series.measured")
  record SeriesMeasured(List<@Nullable Integer> values, Map<String, @Nullable Integer> byName) {}

  @SuppressWarnings("ArrayRecordComponent")
  @EventType("tags.changed")
  record TagsChanged(@Nullable String[] before, String[] after, Map<String, String> why) {}

  @EventType("account.opened")
  record AccountOpened(String holder) {
    AccountOpened {
      if (holder.length() > 5) {
        throw new IllegalArgumentException("a holder has at most 5 characters");
      }
    }
  }

  @NullUnmarked
  @EventType("note.taken")
  record NoteTaken(String text, Integer pages) {}

  private static final String CREATED =
      """
      {"event_id": "e-1", "event_type": "task.created", "occurred_at": "2025-01-15T14:30:22.456Z", "data": %s}\
      """;
  private static final String TASK =
      """
      {"task_id": "t", "title": "T", "owner_id": "o", "priority": 2}\
      """;

  private final EventReader reader = new EventReader();
  private final PayloadTypes tasks = PayloadTypes.of(TaskEvent.class);

  @Test
  void readsTheReferenceEvent() throws MalformedEvent {
    Event<?> event = read(record(file("task.created.json")), TaskCreated.class);

    assertThat(event)
        .isEqualTo(
            new Event<>(
                "e7c5a8f2-3b4d-4e6a-9f1c-2d8e7a6b5c4d",
                "task.created",
                Instant.parse("2025-01-15T14:30:22.456Z"),
                new TaskCreated("task-123", "Review quarterly report", "user-456", 2, null),
                new EventMetadata("req-abc-123", "api-call-789", "task-api")));
  }

  @Test
  void anEventWithoutMetadataStartsAChainOfItsOwn() throws MalformedEvent {
    Event<?> event = read(record(file("task.completed.no-metadata.json")), TaskCompleted.class);

    assertThat(event.metadata())
        .isEqualTo(new EventMetadata("0b0f4a1e-6a39-4f2b-9d6e-3f1f0a9f9c11", "", ""));
    assertThat(event.occurredAt()).isEqualTo(Instant.parse("2025-01-15T15:01:02.000001Z"));
  }

  @Test
  void unknownFieldsAreIgnored() throws MalformedEvent {
    Event<?> event = read(record(file("order.placed.json")), OrderPlaced.class);

    assertThat(event.data())
        .isEqualTo(
            new OrderPlaced("order-9", List.of(new OrderPlaced.Line("A-1", 2)), Optional.empty()));
    assertThat(event.metadata())
        .isEqualTo(new EventMetadata("req-order-9", "api-call-900", "order-api"));
  }

  @Test
  void aRecordOfAKnownTypeWithoutAnIdIsMalformed() {
    assertMalformed(record(file("no-event-id.json")), TaskCompleted.class, "event_id is missing");
  }

  @Test
  void thatItIsNoEventAtAllIsToldBeforeItsData() {
    assertMalformed(record(file("no-event-id.json")), TaskCreated.class, "event_id is missing");
    assertMalformed(
        record("{\"data\": {}, \"event_id\": \"e\"}"),
        TaskCompleted.class,
        "data.task_id is missing, read as TaskCompleted");
  }

  @Test
  void textHasNoReadableType() {
    assertThat(reader.route(record(file("not-json.txt")), tasks))
        .isEqualTo(Routing.NotAddressed.UNREADABLE);
  }

  @Test
  void theHeaderDecidesWhomARecordIsAddressedTo() {
    var record = record(file("task.created.json"), "event_type", "task.completed");

    assertThat(payloadOf(record)).isEqualTo(TaskCompleted.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"task.created", "\"task.created\""})
  void withTheHeaderTheBodyIsNotLookedAt(String header) {
    var record = record("no JSON", "event_type", header);

    assertThat(payloadOf(record)).isEqualTo(TaskCreated.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "task.archived",
        "task.create",
        "Task.created",
        "'task.created'",
        "\"task.created",
        " task.created",
        "tâche.created"
      })
  void aHeaderOfAnotherTypeIsSkippedWithoutParsing(String header) {
    var record = record("no JSON", "event_type", header);

    assertThat(reader.route(record, tasks)).isEqualTo(Routing.NotAddressed.OTHER_TYPE);
  }

  @Test
  void theLastOfSeveralHeadersCounts() {
    var record = record("x", "event_type", "other.happened", "event_type", "task.created");

    assertThat(payloadOf(record)).isEqualTo(TaskCreated.class);
  }

  @Test
  void withoutTheHeaderTheBodyDecidesWhereverTheTypeStands() {
    var record =
        record(
            """
            {"data": {"event_type": "task.completed", "x": [{"event_type": "order.placed"}]},
             "metadata": {"event_type": "order.placed"}, "event_type": "task.created"}\
            """);

    assertThat(payloadOf(record)).isEqualTo(TaskCreated.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\"\"", "\"  \""})
  void aBlankHeaderLeavesTheBodyToDecide(String header) {
    var record = record(file("task.created.json"), "event_type", header);

    assertThat(payloadOf(record)).isEqualTo(TaskCreated.class);
  }

  @Test
  void aBodyOfAnotherTypeIsSkipped() {
    assertThat(reader.route(record(file("order.placed.json")), tasks))
        .isEqualTo(Routing.NotAddressed.OTHER_TYPE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"task.created\"",
        "{}",
        "{\"event_type\": 1}",
        "{\"event_type\": null}",
        "{\"event_type\": {\"task\": \"created\"}}",
        "{\"data\": {\"event_type\": \"task.created\"}}",
        "[{\"event_type\": \"task.created\"}]",
        "{\"data\": ",
        "{\"data\" \"event_type\": \"task.created\"}"
      })
  void aBodyThatNamesNoTypeIsUnreadable(String body) {
    assertThat(reader.route(record(body), tasks)).isEqualTo(Routing.NotAddressed.UNREADABLE);
  }

  @Test
  void aRecordWithoutValueOrHeaderIsUnreadable() {
    assertThat(reader.route(record((byte[]) null), tasks))
        .isEqualTo(Routing.NotAddressed.UNREADABLE);
  }

  @Test
  void aRecordWithoutValueIsNoEvent() {
    assertMalformed(record((byte[]) null), TaskCreated.class, "The record has no value");
  }

  @Test
  void headersFillInWhatTheBodyLeavesOut() throws MalformedEvent {
    var record =
        record(
            "{\"data\": " + TASK + "}",
            "event_id",
            "\"e-2\"",
            "correlation_id",
            "req-2",
            "causation_id",
            "\"c-2\"",
            "source",
            "task-api");

    Event<?> event = read(record, TaskCreated.class);

    assertThat(event.eventId()).isEqualTo("e-2");
    assertThat(event.metadata()).isEqualTo(new EventMetadata("req-2", "c-2", "task-api"));
    assertThat(event.occurredAt()).isEqualTo(Instant.ofEpochMilli(Wire.TIMESTAMP));
  }

  @Test
  void theBodyWinsOverHeaders() throws MalformedEvent {
    var record = record(file("task.created.json"), "event_id", "e-2", "correlation_id", "req-2");

    Event<?> event = read(record, TaskCreated.class);

    assertThat(event.eventId()).isEqualTo("e7c5a8f2-3b4d-4e6a-9f1c-2d8e7a6b5c4d");
    assertThat(event.metadata().correlationId()).isEqualTo("req-abc-123");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "7",
        "\"x\"",
        "[1, {\"a\": 2}]",
        "{\"correlation_id\": 5}",
        "{\"correlation_id\": {\"a\": [1]}, \"source\": null}"
      })
  void metadataOfAnotherShapeIsTakenForMissing(String metadata) throws MalformedEvent {
    var record =
        record("{\"metadata\": " + metadata + ", \"event_id\": \"e-1\", \"data\": " + TASK + "}");

    assertThat(read(record, TaskCreated.class).metadata())
        .isEqualTo(new EventMetadata("e-1", "", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "2025-01-15T14:30:22Z,                2025-01-15T14:30:22Z",
    "2025-01-15T14:30:22.000000001Z,      2025-01-15T14:30:22.000000001Z",
    "2025-01-15T16:30:22.5+02:00,         2025-01-15T14:30:22.5Z",
    "2025-01-15T14:30Z,                   2025-01-15T14:30:00Z"
  })
  void timesAreInIso8601WithAnOffset(String written, Instant instant) throws MalformedEvent {
    assertThat(read(record(created("occurred_at", "\"" + written + "\"")), TaskCreated.class))
        .extracting(Event::occurredAt)
        .isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"yesterday\"",
        "\"2025-01-15T14:30:22\"",
        "\"+10000-01-01T00:00:00Z\"",
        "\"\"",
        "173",
        "true",
        "{\"at\": [1]}",
        "[\"2025-01-15T14:30:22Z\"]"
      })
  void aTimeThatCannotBeReadIsThatOfTheRecordAndIsTold(String written) throws MalformedEvent {
    AtomicInteger told = new AtomicInteger();

    Event<?> event =
        reader.read(
            record(created("occurred_at", written)),
            PayloadTypes.of(TaskCreated.class).all().getFirst(),
            told::incrementAndGet);

    assertThat(event.occurredAt()).isEqualTo(Instant.ofEpochMilli(Wire.TIMESTAMP));
    assertThat(event.data()).isEqualTo(new TaskCreated("t", "T", "o", 2, null));
    assertThat(told).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({
    "-1,                  1970-01-01T00:00:00Z",
    "-9223372036854775808,1970-01-01T00:00:00Z",
    "9223372036854775807, 9999-12-31T23:59:59.999999Z"
  })
  void aTimestampThatNothingCanHoldIsBounded(long timestamp, Instant expected)
      throws MalformedEvent {
    assertThat(
            read(Wire.at(timestamp, record(created("occurred_at", "null"))), TaskCreated.class)
                .occurredAt())
        .isEqualTo(expected);
  }

  @Test
  void aMissingTimeIsThatOfTheRecord() throws MalformedEvent {
    assertThat(read(record(created("occurred_at", "null")), TaskCreated.class).occurredAt())
        .isEqualTo(Instant.ofEpochMilli(Wire.TIMESTAMP));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "event_id    | 17     | event_id is no string",
        "event_id    | {}     | event_id is no string",
        "event_id    | null   | event_id is missing",
        "event_id    | \"\"   | event_id is missing",
        "event_id    | \"  \" | event_id is missing",
        "data        | null   | data is missing",
        "data        | \"\"   | data is no object, read as TaskCreated",
        "data        | []     | data is no object, read as TaskCreated",
        "data        | 5      | data is no object, read as TaskCreated"
      })
  void anEnvelopeThatIsNoneIsMalformed(String field, String value, String reason) {
    assertMalformed(record(created(field, value)), TaskCreated.class, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "title    | null          | data.title is null, read as TaskCreated",
        "title    | ABSENT        | data.title is missing, read as TaskCreated",
        "title    | {\"a\": 1}    | data.title is no String, read as TaskCreated",
        "title    | [\"secret\"]  | data.title is no String, read as TaskCreated",
        "title    | 5             | data.title is no String, read as TaskCreated",
        "title    | true          | data.title is no String, read as TaskCreated",
        "priority | ABSENT        | data.priority is missing, read as TaskCreated",
        "priority | null          | data.priority is null, read as TaskCreated",
        "priority | \"2\"         | data.priority is no int, read as TaskCreated",
        "priority | \"secret\"    | data.priority is no int, read as TaskCreated",
        "priority | \"\"          | data.priority is no int, read as TaskCreated",
        "priority | 2.5           | data.priority is no int, read as TaskCreated",
        "priority | true          | data.priority is no int, read as TaskCreated",
        "priority | 99999999999   | data.priority is no int, read as TaskCreated",
        "due_at   | \"secret\"    | data.due_at is no Instant, read as TaskCreated",
        "due_at   | \"\"          | data.due_at is no Instant, read as TaskCreated"
      })
  void dataThatDoesNotFitIsMalformedAndNotQuoted(String field, String value, String reason) {
    assertMalformed(record(CREATED.formatted(with(TASK, field, value))), TaskCreated.class, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5                                   | data.lines is no array, read as OrderPlaced",
        "[\"secret\"]                        | data.lines.[0] is no object, read as OrderPlaced",
        "[null]                              | data.lines.[0] is null, read as OrderPlaced",
        "[{\"sku\": \"A\"}]                  | data.lines.[0].quantity is missing, read as"
            + " OrderPlaced",
        "[{\"sku\": \"A\", \"quantity\": 1}, {\"sku\": null, \"quantity\": 1}] | data.lines.[1].sku"
            + " is null, read as OrderPlaced"
      })
  void dataWithinDataIsHeldToItsRecordToo(String lines, String reason) {
    assertMalformed(
        record("{\"event_id\": \"e\", \"data\": {\"order_id\": \"o\", \"lines\": " + lines + "}}"),
        OrderPlaced.class,
        reason);
  }

  @Test
  void whatMayBeNullMayBeAbsent() throws MalformedEvent {
    Event<?> absent = read(record(CREATED.formatted(TASK)), TaskCreated.class);
    Event<?> isNull =
        read(record(CREATED.formatted(with(TASK, "due_at", "null"))), TaskCreated.class);
    Event<?> there =
        read(
            record(CREATED.formatted(with(TASK, "due_at", "\"2025-02-01T00:00:00Z\""))),
            TaskCreated.class);

    assertThat(absent).isEqualTo(isNull);
    assertThat(there.data())
        .isEqualTo(new TaskCreated("t", "T", "o", 2, Instant.parse("2025-02-01T00:00:00Z")));
  }

  @Test
  void elementsMayBeNullWhereTheyAreSaidToBe() throws MalformedEvent {
    Event<?> event =
        read(
            record(
                "{\"event_id\": \"e\", \"data\": {\"values\": [null, 1], \"by_name\": {\"a\":"
                    + " null}}}"),
            SeriesMeasured.class);

    assertThat(event.data())
        .isEqualTo(new SeriesMeasured(Arrays.asList(null, 1), Collections.singletonMap("a", null)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[null] | {}          | data.after.[0] is null, read as TagsChanged",
        "[]     | {\"a\": null} | data.why.a is null, read as TagsChanged"
      })
  void otherElementsMayNot(String after, String why, String reason) {
    assertMalformed(
        record(
            "{\"event_id\": \"e\", \"data\": {\"before\": [null], \"after\": %s, \"why\": %s}}"
                .formatted(after, why)),
        TagsChanged.class,
        reason);
  }

  @Test
  void codeThatIsNotNullMarkedRequiresNothing() throws MalformedEvent {
    assertThat(read(record("{\"event_id\": \"e\", \"data\": {}}"), NoteTaken.class).data())
        .isEqualTo(new NoteTaken(null, null));
  }

  @Test
  void aConstructorThatRefusesSaysWhy() {
    assertMalformed(
        record("{\"event_id\": \"e\", \"data\": {\"holder\": \"a long name\"}}"),
        AccountOpened.class,
        "data is refused: a holder has at most 5 characters, read as AccountOpened");
  }

  @Test
  void theLastOfARepeatedFieldCounts() throws MalformedEvent {
    Event<?> event =
        read(
            record(
                "{\"event_id\": \"e-0\", \"event_id\": \"e-1\", \"data\": "
                    + with(TASK, "title", "\"A\", \"title\": \"B\"")
                    + "}"),
            TaskCreated.class);

    assertThat(event.eventId()).isEqualTo("e-1");
    assertThat(event.data()).isEqualTo(new TaskCreated("t", "B", "o", 2, null));
  }

  @Test
  void aByteOrderMarkIsNoMatter() throws MalformedEvent {
    var record = record("\uFEFF" + CREATED.formatted(TASK));

    assertThat(payloadOf(record)).isEqualTo(TaskCreated.class);
    assertThat(read(record, TaskCreated.class).eventId()).isEqualTo("e-1");
  }

  @Test
  void everyCharacterIsRead() throws MalformedEvent {
    String title = "Prüfung 検査 \uD83D\uDCC8 \\u00e9 \\n";

    Event<?> event =
        read(
            record(CREATED.formatted(with(TASK, "title", "\"" + title + "\""))), TaskCreated.class);

    assertThat(event.data())
        .extracting(data -> ((TaskCreated) data).title())
        .isEqualTo("Prüfung 検査 \uD83D\uDCC8 \u00e9 \n");
  }

  @Test
  void textInAnotherEncodingIsMalformed() {
    byte[] latin = CREATED.formatted(with(TASK, "title", "\"Prüfung\"")).getBytes(ISO_8859_1);

    assertThat(malformed(record(latin), TaskCreated.class).reason())
        .matches("The value is not JSON, at byte \\d+");
  }

  @Test
  void bytesThatAreNoCharactersAreMalformed() {
    byte[] utf32 = {0, 0, 0, '{', 0x7F, -1, -1, -1, 0, 0, 0, '}'};

    assertThat(malformed(record(utf32), TaskCreated.class).reason())
        .startsWith("The value is not JSON");
    assertThat(reader.route(record(utf32), tasks)).isEqualTo(Routing.NotAddressed.UNREADABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "{\"event_id\": \"e\", secret}",
        "{\"event_id\": \"e\", \"data\": {\"title\": secret}}",
        "{\"event_id\": \"e\", \"data\": {\"title\": \"secret",
        "{\"event_id\": \"e\"",
        "\"secret\"",
        "[\"secret\"]"
      })
  void whatIsNoJsonObjectIsMalformedAndNotQuoted(String body) {
    assertThat(malformed(record(body), TaskCreated.class).reason())
        .startsWith("The value is no")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "\"secret\""})
  void textThatFollowsTheObjectIsMalformed(String behind) {
    assertMalformed(
        record(CREATED.formatted(TASK) + behind),
        TaskCreated.class,
        "The value is not one JSON object: something follows it");
  }

  @Test
  void whitespaceMayFollowTheObject() throws MalformedEvent {
    assertThat(read(record(CREATED.formatted(TASK) + " \r\n\t"), TaskCreated.class).eventId())
        .isEqualTo("e-1");
  }

  @Test
  void bottomlessNestingIsMalformedWhereverItStands() {
    String deep = "[".repeat(100_000);

    assertThat(
            Stream.of(
                malformed(record(created("unknown", deep)), TaskCreated.class).reason(),
                malformed(record(CREATED.formatted("{\"unknown\": " + deep)), TaskCreated.class)
                    .reason(),
                malformed(record(created("metadata", deep)), TaskCreated.class).reason()))
        .allSatisfy(reason -> assertThat(reason).contains("nesting depth"));
    assertThat(reader.route(record("{\"data\": " + deep), tasks))
        .isEqualTo(Routing.NotAddressed.UNREADABLE);
  }

  @Test
  void aReasonNeverRunsOverTheDataThatItIsAbout() {
    assertThat(
            malformed(
                    record(CREATED.formatted(with(TASK, "priority", "1".repeat(100_000)))),
                    TaskCreated.class)
                .reason())
        .hasSizeLessThan(300);
  }

  @Test
  void aRecordIsIdentifiedByItsHeaders() {
    assertThat(reader.identify(record("no JSON", "event_id", "\"e-1\"", "correlation_id", "req-1")))
        .isEqualTo(new RecordIdentity("e-1", "req-1"));
  }

  @Test
  void aRecordIsIdentifiedByAsMuchOfItsBodyAsIsJson() {
    assertThat(
            reader.identify(
                record(
                    "{\"data\": {\"event_id\": \"x\"}, \"event_id\": \"e-1\", \"metadata\":"
                        + " {\"correlation_id\": \"req-1\"}, broken")))
        .isEqualTo(new RecordIdentity("e-1", "req-1"));
  }

  @Test
  void aRecordThatNamesNoChainStartsItsOwn() {
    assertThat(reader.identify(record("{\"event_id\": \"e-1\"}")))
        .isEqualTo(new RecordIdentity("e-1", "e-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "no JSON",
        "{\"event_id\": 5}",
        "{\"event_id\": \" \"}",
        "{\"event_id\": null, \"metadata\": 5}"
      })
  void aRecordMayHaveNoIdentity(String body) {
    assertThat(reader.identify(record(body, "event_id", "\"\"")))
        .isEqualTo(new RecordIdentity(null, null));
  }

  @Test
  void dataOfATypeThatIsASettingIsATree() throws MalformedEvent {
    PayloadTypes types = PayloadTypes.open(List.of("order.placed", "task.created"));
    ConsumerRecord<byte[], byte[]> record =
        record(created("metadata", "{\"causation_id\": \"cause-1\"}"));

    assertThat(reader.route(record, types))
        .isInstanceOfSatisfying(
            Routing.Addressed.class,
            addressed -> {
              assertThat(addressed.type().isOpen()).isTrue();
              assertThat(addressed.type().eventType()).isEqualTo("task.created");
            });
    Event<?> event = reader.read(record, types.named("task.created").orElseThrow());
    assertThat(event.data())
        .isInstanceOfSatisfying(
            JsonNode.class, data -> assertThat(data.get("task_id").asString()).isNotEmpty());
    assertThat(event.metadata().causationId()).isEqualTo("cause-1");
  }

  /** The payload that the record is routed to. */
  private Class<?> payloadOf(ConsumerRecord<byte[], byte[]> record) {
    Routing routing = reader.route(record, tasks);
    assertThat(routing).isInstanceOf(Routing.Addressed.class);
    return ((Routing.Addressed) routing).type().recordClass();
  }

  private Event<?> read(ConsumerRecord<byte[], byte[]> record, Class<?> payload)
      throws MalformedEvent {
    return reader.read(record, PayloadTypes.of(payload).all().getFirst());
  }

  private MalformedEvent malformed(ConsumerRecord<byte[], byte[]> record, Class<?> payload) {
    try {
      Event<?> event = read(record, payload);
      throw new AssertionError("It is read as " + event);
    } catch (MalformedEvent e) {
      return e;
    }
  }

  private void assertMalformed(
      ConsumerRecord<byte[], byte[]> record, Class<?> payload, String reason) {
    assertThatExceptionOfType(MalformedEvent.class)
        .isThrownBy(() -> read(record, payload))
        .satisfies(malformed -> assertThat(malformed.reason()).isEqualTo(reason));
  }

  private static String created(String field, String value) {
    return with(CREATED.formatted(TASK), field, value);
  }

  /** The object with this field set to this value, or without it. */
  private static String with(String object, String field, String value) {
    String rest = object.replaceFirst("\"" + field + "\": (\\{[^}]*}|[^,}]*),? ?", "");
    String open = rest.replaceFirst(",? ?}$", "");
    return value.equals("ABSENT") ? open + "}" : open + ", \"" + field + "\": " + value + "}";
  }
}
