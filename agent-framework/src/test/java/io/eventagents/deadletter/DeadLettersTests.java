package io.eventagents.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.Effects;
import io.eventagents.EventHeaders;
import io.eventagents.EventIds;
import io.eventagents.EventType;
import io.eventagents.binding.AgentDefinition;
import io.eventagents.binding.Intake;
import io.eventagents.send.RecordSender;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.EventWriter;
import io.eventagents.wire.PayloadTypes;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DeadLettersTests {

  @EventType("task.created")
  record TaskCreated(String taskId) {}

  private static final String EVENT =
      """
      {"event_id": "e-1", "event_type": "task.created", "data": {}, "metadata": {"correlation_id": "req-1"}}\
      """;

  private static final int MOST = 1024 * 1024;

  private final AgentDefinition agent =
      new AgentDefinition(
          "notification-sms",
          "notificationSms",
          Effects.NONE,
          new Intake.Events(PayloadTypes.of(TaskCreated.class)),
          PayloadTypes.none());
  private final List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();
  private Function<ProducerRecord<byte[], byte[]>, CompletableFuture<Void>> broker =
      record -> CompletableFuture.completedFuture(null);
  private final Clock clock =
      Clock.fixed(Instant.parse("2025-01-15T14:30:00.123456Z"), ZoneOffset.UTC);
  private final RecordSender sender =
      record -> {
        sent.add(record);
        return broker.apply(record);
      };
  private final DeadLetters deadLetters =
      new DeadLetters(
          sender,
          new EventReader(),
          new EventWriter(),
          new Resolutions(sender, new EventReader(), new EventWriter(), clock),
          clock);

  @Test
  void aLetterIsTheRecordAsItCameWithTheReason() {
    ConsumerRecord<byte[], byte[]> record = record("{\"event_id\": \"e-1\"", 42);
    record.headers().add("event_id", "e-1".getBytes(UTF_8));
    record.headers().add("own", new byte[] {0, -1});
    record.headers().add("own", new byte[] {2});

    assertThat(add(record, "event_id is missing", 3)).isCompleted();

    ProducerRecord<byte[], byte[]> letter = sent.getFirst();
    assertThat(letter.topic()).isEqualTo("notification-sms-dead-letters");
    assertThat(letter.partition()).isNull();
    assertThat(letter.key()).isEqualTo(record.key());
    assertThat(letter.value()).isEqualTo(record.value());
    assertThat(letter.headers().headers("own"))
        .extracting(Header::value)
        .containsExactly(new byte[] {0, -1}, new byte[] {2});
    assertThat(text(letter, "event_id")).isEqualTo("e-1");
    assertThat(text(letter, DeadLetterHeaders.AGENT)).isEqualTo("notification-sms");
    assertThat(text(letter, DeadLetterHeaders.REASON)).isEqualTo("event_id is missing");
    assertThat(text(letter, DeadLetterHeaders.EXCEPTION))
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(text(letter, DeadLetterHeaders.ATTEMPTS)).isEqualTo("3");
    assertThat(text(letter, DeadLetterHeaders.FAILED_AT)).isEqualTo("2025-01-15T14:30:00.123456Z");
    assertThat(text(letter, DeadLetterHeaders.TOPIC)).isEqualTo("task-events");
    assertThat(text(letter, DeadLetterHeaders.PARTITION)).isEqualTo("2");
    assertThat(text(letter, DeadLetterHeaders.OFFSET)).isEqualTo("42");
  }

  @Test
  void theLastFailureOfAReplayCounts() {
    ConsumerRecord<byte[], byte[]> record = record(EVENT, 42);
    record.headers().add(DeadLetterHeaders.REASON, "earlier".getBytes(UTF_8));
    record.headers().add(DeadLetterHeaders.VALUE_OMITTED, "earlier".getBytes(UTF_8));

    assertThat(add(record, "later", 1)).isCompleted();

    assertThat(sent.getFirst().headers().headers(DeadLetterHeaders.REASON))
        .extracting(header -> new String(header.value(), UTF_8))
        .containsExactly("later");
    assertThat(sent.getFirst().headers().lastHeader(DeadLetterHeaders.VALUE_OMITTED)).isNull();
  }

  @Test
  void aRecordMayHaveNeitherKeyNorValue() {
    assertThat(
            add(
                new ConsumerRecord<>("task-events", 2, 42, null, null),
                "The record has no value",
                1))
        .isCompleted();

    assertThat(sent.getFirst().key()).isNull();
    assertThat(sent.getFirst().value()).isNull();
    assertThat(sent).hasSize(2);
  }

  @Test
  void theFailureJoinsTheChainOfItsEvent() {
    ConsumerRecord<byte[], byte[]> record = record(EVENT, 42);
    record.headers().add(EventHeaders.TRACEPARENT, "00-1-2-01".getBytes(UTF_8));

    assertThat(add(record, "no address", 3)).isCompleted();

    ProducerRecord<byte[], byte[]> told = sent.get(1);
    assertThat(told.topic()).isEqualTo("delivery-events");
    assertThat(told.key()).isEqualTo(record.key());
    assertThat(text(told, EventHeaders.TRACEPARENT)).isEqualTo("00-1-2-01");
    assertThat(text(told, EventHeaders.EVENT_TYPE)).isEqualTo("delivery.failed");
    assertThat(json(told))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"event_id": "%s", "event_type": "delivery.failed", "occurred_at": "2025-01-15T14:30:00.123Z",
                     "data": {"agent": "notification-sms", "event_id": "e-1", "event_type": "task.created",
                       "reason": "no address", "attempts": 3, "topic": "task-events", "partition": 2, "offset": 42,
                       "dead_letter_topic": "notification-sms-dead-letters"},
                     "metadata": {"correlation_id": "req-1", "causation_id": "e-1", "source": "notification-sms"}}\
                    """
                        .formatted(
                            EventIds.derive(
                                "notification-sms",
                                "e-1\ntask-events-2@42",
                                "delivery.failed",
                                0))));
  }

  @Test
  void aFailureThatIsToldAgainIsTheSameEventAndThatOfAReplayAnother() {
    assertThat(add(record(EVENT, 42), "no", 1)).isCompleted();
    assertThat(add(record(EVENT, 42), "no", 1)).isCompleted();
    assertThat(add(record(EVENT, 43), "no", 1)).isCompleted();

    assertThat(json(sent.get(1)).path("event_id")).isEqualTo(json(sent.get(3)).path("event_id"));
    assertThat(json(sent.get(1)).path("event_id")).isNotEqualTo(json(sent.get(5)).path("event_id"));
  }

  @Test
  void aRecordWithoutAnIdIsToldByItsPosition() {
    assertThat(add(record("no JSON", 42), "no", 1)).isCompleted();

    JsonNode told = json(sent.get(1));
    assertThat(told.path("data").has("event_id")).isFalse();
    assertThat(told.path("metadata").path("causation_id").asString()).isEqualTo("task-events-2@42");
    assertThat(told.path("metadata").path("correlation_id")).isEqualTo(told.path("event_id"));
  }

  @Test
  void aLongReasonIsCut() {
    assertThat(add(record(EVENT, 42), "x".repeat(1_000_000), 1)).isCompleted();

    assertThat(text(sent.getFirst(), DeadLetterHeaders.REASON)).hasSize(2003).endsWith("x...");
    assertThat(sent.get(1).value()).hasSizeLessThan(4000);
  }

  @Test
  void itIsStoredWhenBothAreAcknowledged() {
    CompletableFuture<Void> letter = new CompletableFuture<>();
    CompletableFuture<Void> told = new CompletableFuture<>();
    broker = record -> record.topic().equals("delivery-events") ? told : letter;

    CompletableFuture<Void> stored = add(record(EVENT, 42), "no", 1);

    assertThat(stored).isNotDone();
    letter.complete(null);
    assertThat(stored).isNotDone();
    told.complete(null);
    assertThat(stored).isCompleted();
  }

  @Test
  void aBrokerThatIsAwayFailsIt() {
    broker = record -> CompletableFuture.failedFuture(new TimeoutException("no broker"));

    assertThat(add(record(EVENT, 42), "no", 1)).isCompletedExceptionally();
    assertThat(sent).hasSize(2);
  }

  @Test
  void aLetterThatIsTooLargeIsKeptWithoutItsValue() {
    broker =
        record ->
            record.value() != null && record.topic().endsWith("-dead-letters")
                ? CompletableFuture.failedFuture(new RecordTooLargeException("too large"))
                : CompletableFuture.completedFuture(null);

    assertThat(add(record(EVENT, 42), "no", 1)).isCompleted();
    ProducerRecord<byte[], byte[]> kept = sent.get(1);
    assertThat(kept.topic()).isEqualTo("notification-sms-dead-letters");
    assertThat(kept.key()).asString().isEqualTo("task-1");
    assertThat(kept.value()).isNull();
    assertThat(text(kept, DeadLetterHeaders.VALUE_OMITTED))
        .isEqualTo(EVENT.length() + " bytes: too large");
    assertThat(text(kept, DeadLetterHeaders.OFFSET)).isEqualTo("42");
  }

  @Test
  void aLetterWhoseHeadersAreTooLargeIsKeptWithoutThem() {
    broker = DeadLettersTests::asABrokerTakesThem;
    ConsumerRecord<byte[], byte[]> record = record("{}", 42);
    record.headers().add("own", new byte[MOST - 100]);

    assertThat(add(record, "no", 1)).isCompleted();
    ProducerRecord<byte[], byte[]> kept = sent.get(2);
    assertThat(kept.topic()).isEqualTo("notification-sms-dead-letters");
    assertThat(kept.key()).isNull();
    assertThat(kept.headers().lastHeader("own")).isNull();
    assertThat(text(kept, DeadLetterHeaders.HEADERS_OMITTED)).isEqualTo("true");
    assertThat(text(kept, DeadLetterHeaders.VALUE_OMITTED)).startsWith("2 bytes: ");
    assertThat(text(kept, DeadLetterHeaders.OFFSET)).isEqualTo("42");
    assertThat(text(kept, DeadLetterHeaders.TOPIC)).isEqualTo("task-events");
  }

  @Test
  void idsThatFillARecordAreToldByItsPosition() {
    broker = DeadLettersTests::asABrokerTakesThem;
    String id = "i".repeat(MOST / 2 - 100);
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            "task-events",
            2,
            42,
            new byte[MOST / 2],
            ("{\"event_id\":\"" + id + "\",\"metadata\":{\"correlation_id\":\"c\"}}")
                .getBytes(UTF_8));

    assertThat(add(record, "no", 1)).isCompleted();
    ProducerRecord<byte[], byte[]> told =
        sent.stream()
            .filter(one -> one.topic().equals("delivery-events"))
            .findFirst()
            .orElseThrow();
    assertThat(json(told).path("metadata").path("causation_id").asString())
        .isEqualTo("task-events-2@42");
    assertThat(json(told).path("metadata").path("correlation_id").asString()).isEqualTo("c");
    assertThat(told.key()).isNull();
  }

  private static CompletableFuture<Void> asABrokerTakesThem(ProducerRecord<byte[], byte[]> record) {
    int size = (record.key() == null ? 0 : record.key().length);
    size += record.value() == null ? 0 : record.value().length;
    for (Header header : record.headers()) {
      size += header.key().length() + header.value().length;
    }
    return size > MOST
        ? CompletableFuture.failedFuture(new RecordTooLargeException("too large"))
        : CompletableFuture.completedFuture(null);
  }

  @Test
  void aBrokerThatTakesNothingFailsIt() {
    broker = record -> CompletableFuture.failedFuture(new RecordTooLargeException("too large"));

    assertThat(add(record(EVENT, 42), "no", 1)).isCompletedExceptionally();
  }

  private CompletableFuture<Void> add(
      ConsumerRecord<byte[], byte[]> record, String reason, int attempts) {
    return deadLetters.add(
        agent,
        record,
        null,
        "task.created",
        reason,
        new IllegalStateException("not shown"),
        attempts);
  }

  private static ConsumerRecord<byte[], byte[]> record(String value, long offset) {
    return new ConsumerRecord<>(
        "task-events", 2, offset, "task-1".getBytes(UTF_8), value.getBytes(UTF_8));
  }

  private static JsonNode json(ProducerRecord<byte[], byte[]> record) {
    return JsonMapper.shared().readTree(record.value());
  }

  private static @Nullable String text(ProducerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), UTF_8);
  }
}
