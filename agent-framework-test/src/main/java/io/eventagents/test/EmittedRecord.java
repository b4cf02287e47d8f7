package io.eventagents.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.Event;
import io.eventagents.EventHeaders;
import io.eventagents.EventIds;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.EventWriter;
import io.eventagents.wire.MalformedEvent;
import io.eventagents.wire.PayloadType;
import io.eventagents.wire.PayloadTypes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A record that an agent emitted in response to another, with the checks that every event must
 * pass.
 *
 * @param agent the name of the agent
 * @param emits the payloads that it may emit
 * @param record the record that it emitted
 */
record EmittedRecord(String agent, PayloadTypes emits, ProducerRecord<byte[], byte[]> record) {

  private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
  private static final List<String> REPEATED_METADATA =
      List.of(EventHeaders.CORRELATION_ID, EventHeaders.CAUSATION_ID, EventHeaders.SOURCE);

  /**
   * Verifies the record and returns its event, read again from the bytes.
   *
   * @param cause the event that the agent was given
   * @param causeRecord the record of that event
   * @param ordinal its position among the emitted events of its type
   */
  Event<?> verified(Event<?> cause, ConsumerRecord<byte[], byte[]> causeRecord, int ordinal) {
    JsonNode body = body();
    String eventType = body.path("event_type").asString("");
    PayloadType type =
        emits
            .named(eventType)
            .orElseThrow(
                () ->
                    new AssertionError(
                        "%s emitted %s, which it does not declare: %s"
                            .formatted(agent, body, emits)));
    verifyNames(eventType, body);
    verifyHeaders(eventType, body);
    Event<?> event = readAgain(type, body);
    verifyMetadata(cause, event, ordinal);
    verifyPlace(type, event, causeRecord);
    return event;
  }

  private JsonNode body() {
    try {
      return JsonMapper.shared().readTree(record.value());
    } catch (JacksonException e) {
      throw new AssertionError(agent + " emitted something that is not JSON", e);
    }
  }

  private void verifyNames(String eventType, JsonNode body) {
    assertThat(body.propertyNames())
        .as("the fields of the %s that %s emitted", eventType, agent)
        .containsExactlyInAnyOrder("event_id", "event_type", "occurred_at", "data", "metadata");
    assertThat(body.path("data").propertyNames())
        .as("the names of the data of the %s that %s emitted are snake_case", eventType, agent)
        .allMatch(name -> SNAKE_CASE.matcher(name).matches());
  }

  private void verifyHeaders(String eventType, JsonNode body) {
    for (String name : List.of(EventHeaders.EVENT_ID, EventHeaders.EVENT_TYPE)) {
      verifyHeader(eventType, name, body.path(name));
    }
    for (String name : REPEATED_METADATA) {
      verifyHeader(eventType, name, body.path("metadata").path(name));
    }
  }

  private void verifyHeader(String eventType, String name, JsonNode inBody) {
    assertThat(RecordText.header(record.headers(), name))
        .as("the header %s of the %s that %s emitted repeats the body", name, eventType, agent)
        .isEqualTo(inBody.asString(""));
  }

  private Event<?> readAgain(PayloadType type, JsonNode body) {
    Event<?> event;
    try {
      event =
          new EventReader()
              .read(new ConsumerRecord<>(record.topic(), 0, 0, record.key(), record.value()), type);
    } catch (MalformedEvent e) {
      throw new AssertionError(
          "%s emitted a %s that %s cannot be read from again: %s%n%s"
              .formatted(
                  agent, type.eventType(), type.recordClass().getSimpleName(), e.reason(), body),
          e);
    }
    assertThat(RecordText.of(new EventWriter().write(record.topic(), record.key(), event).value()))
        .as(
            "the %s that %s emitted, read as %s and written again",
            type.eventType(), agent, type.recordClass().getSimpleName())
        .isEqualTo(RecordText.of(record.value()));
    return event;
  }

  private void verifyMetadata(Event<?> cause, Event<?> event, int ordinal) {
    assertThat(event.metadata().correlationId())
        .as("the correlation_id of the %s that %s emitted", event.eventType(), agent)
        .isEqualTo(cause.metadata().correlationId());
    assertThat(event.metadata().causationId())
        .as("the causation_id of the %s that %s emitted", event.eventType(), agent)
        .isEqualTo(cause.eventId());
    assertThat(event.metadata().source())
        .as("the source of the %s that %s emitted", event.eventType(), agent)
        .isEqualTo(agent);
    assertThat(event.eventId())
        .as(
            "the event_id of the %s that %s emitted, derived so that a repeat emits the same",
            event.eventType(), agent)
        .isEqualTo(EventIds.derive(agent, cause.eventId(), event.eventType(), ordinal));
  }

  private void verifyPlace(
      PayloadType type, Event<?> event, ConsumerRecord<byte[], byte[]> causeRecord) {
    Optional<byte[]> ownKey = type.keyOf(event.data());
    assertThat(RecordText.of(record.key()))
        .as(
            "the key of the %s that %s emitted, %s",
            event.eventType(), agent, ownKey.isPresent() ? "its @EntityKey" : "that of its cause")
        .isEqualTo(RecordText.of(ownKey.orElseGet(causeRecord::key)));
    assertThat(record.topic())
        .as("the topic of the %s that %s emitted", event.eventType(), agent)
        .isEqualTo(type.name().topic());
  }
}
