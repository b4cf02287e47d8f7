package io.eventagents.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.eventagents.Event;
import io.eventagents.EventIds;
import io.eventagents.EventMetadata;
import io.eventagents.EventType;
import io.eventagents.wire.EventWriter;
import io.eventagents.wire.PayloadTypes;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** An agent's test fails if the metadata of what the agent emitted is wrong. */
class EmittedRecordTests {

  private static final Instant NOON = Instant.parse("2025-01-15T12:00:00Z");
  private static final Event<?> CAUSE =
      new Event<>(
          "e-1",
          "order.placed",
          NOON,
          new OrderPlaced("o-1", 40),
          new EventMetadata("req-1", "api-1", "shop"));
  private static final ConsumerRecord<byte[], byte[]> CAUSE_RECORD =
      new ConsumerRecord<>("order-events", 0, 0, "o-1".getBytes(UTF_8), new byte[0]);
  private static final String ID = EventIds.derive("invoicing", "e-1", "invoice.voided", 0);
  private static final EventMetadata METADATA = new EventMetadata("req-1", "e-1", "invoicing");
  private static final InvoiceVoided VOIDED = new InvoiceVoided("o-1");

  private static ProducerRecord<byte[], byte[]> record(
      String key, String id, Object payload, EventMetadata metadata) {
    String type = payload.getClass().getAnnotation(EventType.class).value();
    return new EventWriter()
        .write(
            "invoice-events", key.getBytes(UTF_8), new Event<>(id, type, NOON, payload, metadata));
  }

  private static Event<?> verify(ProducerRecord<byte[], byte[]> record, Class<?> emits) {
    return new EmittedRecord("invoicing", PayloadTypes.of(emits), record)
        .verified(CAUSE, CAUSE_RECORD, 0);
  }

  private static void fails(ProducerRecord<byte[], byte[]> record, String message) {
    fails(record, Invoicing.Result.class, message);
  }

  private static void fails(ProducerRecord<byte[], byte[]> record, Class<?> emits, String message) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> verify(record, emits))
        .withMessageContaining(message);
  }

  @Test
  void acceptsWhatTheFrameworkStamps() {
    assertThat(verify(record("o-1", ID, VOIDED, METADATA), Invoicing.Result.class).data())
        .isEqualTo(VOIDED);
  }

  @Test
  void noticesWrongMetadata() {
    fails(
        record("o-1", ID, VOIDED, new EventMetadata("req-2", "e-1", "invoicing")),
        "correlation_id");
    fails(
        record("o-1", ID, VOIDED, new EventMetadata("req-1", "e-2", "invoicing")), "causation_id");
    fails(record("o-1", ID, VOIDED, new EventMetadata("req-1", "e-1", "billing")), "source");
    fails(record("o-1", "e-9", VOIDED, METADATA), "event_id");
  }

  @Test
  void noticesAWrongKey() {
    fails(record("o-2", ID, VOIDED, METADATA), "that of its cause");
    fails(
        record(
            "o-1",
            EventIds.derive("invoicing", "e-1", "invoice.issued", 0),
            new InvoiceIssued("i-1", "o-1", 4),
            METADATA),
        "its @EntityKey");
  }

  @Test
  void noticesAHeaderThatDoesNotRepeatTheBody() {
    ProducerRecord<byte[], byte[]> other = record("o-1", ID, VOIDED, METADATA);
    other.headers().remove("causation_id").add("causation_id", "e-2".getBytes(UTF_8));
    ProducerRecord<byte[], byte[]> none = record("o-1", ID, VOIDED, METADATA);
    none.headers().remove("source");

    fails(other, "the header causation_id");
    fails(none, "the header source");
  }

  @Test
  void noticesAnotherTopic() {
    ProducerRecord<byte[], byte[]> right = record("o-1", ID, VOIDED, METADATA);

    fails(
        new ProducerRecord<>("order-events", null, right.key(), right.value(), right.headers()),
        "the topic");
  }

  @Test
  void noticesNamesThatAreNotSnakeCase() {
    fails(record("o-1", ID, new CamelCase("o-1"), METADATA), CamelCase.class, "snake_case");
  }

  @EventType("invoice.voided")
  record CamelCase(@JsonProperty("orderId") String orderId) {}

  @Test
  @SuppressWarnings("NullAway") // like code that nobody checks for null
  void noticesWhatCannotBeReadAgain() {
    fails(record("o-1", ID, new Forgetful(null), METADATA), Forgetful.class, "order_id");
    fails(record("o-1", ID, new Changing("o"), METADATA), Changing.class, "written again");
  }

  @EventType("invoice.voided")
  record Forgetful(String orderId) {}

  @EventType("invoice.voided")
  record Changing(String orderId) {
    Changing {
      orderId = orderId + "!";
    }
  }
}
