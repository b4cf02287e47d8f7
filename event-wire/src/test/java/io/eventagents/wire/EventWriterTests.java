package io.eventagents.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventagents.Event;
import io.eventagents.EventMetadata;
import io.eventagents.EventType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EventWriterTests {

  @EventType("task.created")
  record TaskCreated(
      String taskId, String title, String ownerId, int priority, @Nullable Instant dueAt) {}

  @EventType("everything.said")
  record EverythingSaid(
      boolean isUrgent,
      BigDecimal amount,
      Instant at,
      LocalDate day,
      Duration lead,
      Optional<String> absent,
      Optional<String> present,
      List<Part> parts) {
    record Part(String partId, @Nullable String note) {}
  }

  @EventType("loop.closed")
  record LoopClosed(Object self) {}

  record Sick(String name) {
    @Override
    public String name() {
      throw new IllegalStateException("no name");
    }
  }

  private static final EventMetadata CHAIN =
      new EventMetadata("req-abc-123", "api-call-789", "task-api");

  private final EventWriter writer = new EventWriter();

  @Test
  void writesTheReferenceEvent() {
    ProducerRecord<byte[], byte[]> record =
        write(new TaskCreated("task-123", "Review quarterly report", "user-456", 2, null));

    assertThat(json(record.value())).isEqualTo(json(Wire.file("task.created.json")));
    assertThat(record.topic()).isEqualTo("task-events");
    assertThat(record.key()).asString().isEqualTo("task-123");
    assertThat(record.partition()).isNull();
  }

  @Test
  void keepsTheOrderOfTheEnvelopeAndOfTheRecord() {
    assertThat(write(new TaskCreated("t", "T", "o", 2, null)).value())
        .asString()
        .isEqualTo(
            """
            {"event_id":"e7c5a8f2-3b4d-4e6a-9f1c-2d8e7a6b5c4d","event_type":"task.created",\
            "occurred_at":"2025-01-15T14:30:22.456Z",\
            "data":{"task_id":"t","title":"T","owner_id":"o","priority":2},\
            "metadata":{"correlation_id":"req-abc-123","causation_id":"api-call-789","source":"task-api"}}""");
  }

  @Test
  void headersRepeatTheEnvelope() {
    assertThat(write(new TaskCreated("t", "T", "o", 2, null)).headers())
        .extracting(header -> header.key() + "=" + new String(header.value(), UTF_8))
        .containsExactly(
            "event_id=e7c5a8f2-3b4d-4e6a-9f1c-2d8e7a6b5c4d",
            "correlation_id=req-abc-123",
            "causation_id=api-call-789",
            "source=task-api",
            "event_type=task.created");
  }

  @Test
  void writesEachTypeAsOtherLanguagesReadIt() {
    EverythingSaid payload =
        new EverythingSaid(
            true,
            new BigDecimal("10.20"),
            Instant.parse("2025-01-15T14:30:22Z"),
            LocalDate.parse("2025-01-15"),
            Duration.ofMinutes(90),
            Optional.empty(),
            Optional.of("Grüße"),
            List.of(new EverythingSaid.Part("p-1", null), new EverythingSaid.Part("p-2", "\"")));

    assertThat(write(payload).value())
        .asString()
        .contains(
            """
            "data":{"is_urgent":true,"amount":10.20,"at":"2025-01-15T14:30:22Z","day":"2025-01-15","lead":"PT1H30M",\
            "present":"Grüße","parts":[{"part_id":"p-1"},{"part_id":"p-2","note":"\\""}]}""");
  }

  @Test
  void readsWhatItWrites() throws MalformedEvent {
    EverythingSaid payload =
        new EverythingSaid(
            false,
            new BigDecimal("0.1"),
            Instant.parse("2025-01-15T14:30:22.000000001Z"),
            LocalDate.parse("2025-01-15"),
            Duration.ofNanos(1),
            Optional.empty(),
            Optional.of(""),
            List.of());
    ProducerRecord<byte[], byte[]> written = write(payload);

    Event<?> read =
        new EventReader()
            .read(
                Wire.record(written.value()),
                PayloadTypes.of(EverythingSaid.class).all().getFirst());

    assertThat(read).isEqualTo(event(payload));
  }

  @Test
  void aCauseMayHaveHadNoKey() {
    assertThat(writer.write("task-events", null, event(new TaskCreated("t", "T", "o", 2, null))))
        .extracting(ProducerRecord::key)
        .isNull();
  }

  @Test
  void aPayloadThatCannotBeWrittenIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> write(new LoopClosed(new Sick("secret"))))
        .withMessageContainingAll(LoopClosed.class.getName(), "cannot be written as JSON")
        .withMessageNotContaining("secret");
  }

  @Test
  void bottomlessNestingIsRefused() {
    List<?> deep = List.of();
    for (int i = 0; i < 2_000; i++) {
      deep = List.of(deep);
    }
    LoopClosed payload = new LoopClosed(deep);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> write(payload))
        .withMessageContaining("cannot be written as JSON");
  }

  private ProducerRecord<byte[], byte[]> write(Object payload) {
    return writer.write("task-events", "task-123".getBytes(UTF_8), event(payload));
  }

  private static Event<?> event(Object payload) {
    return new Event<>(
        "e7c5a8f2-3b4d-4e6a-9f1c-2d8e7a6b5c4d",
        payload.getClass().getAnnotation(EventType.class).value(),
        Instant.parse("2025-01-15T14:30:22.456Z"),
        payload,
        CHAIN);
  }

  private static Object json(byte[] value) {
    return JsonMapper.shared().readTree(value);
  }
}
