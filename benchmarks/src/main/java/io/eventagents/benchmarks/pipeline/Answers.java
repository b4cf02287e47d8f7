package io.eventagents.benchmarks.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.EventIds;
import io.eventagents.benchmarks.pipeline.Envelope.NotificationSent;
import io.eventagents.benchmarks.pipeline.Envelope.TaskCreated;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The function for the ways that have no framework for it, with the same answer, ids and headers as
 * our agent. Thread-safe.
 */
final class Answers {

  static final String NAME = "notification-sms";
  static final String TYPE = "notification.sent";

  private static final byte[] TASK_CREATED = "task.created".getBytes(UTF_8);
  private static final byte[] NAME_BYTES = NAME.getBytes(UTF_8);
  private static final byte[] TYPE_BYTES = TYPE.getBytes(UTF_8);

  private final JsonMapper mapper =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private final ObjectReader reader =
      mapper.readerFor(new TypeReference<Envelope<TaskCreated>>() {});
  private final ObjectWriter writer =
      mapper.writerFor(new TypeReference<Envelope<NotificationSent>>() {});

  static boolean isTaskCreated(Headers headers) {
    Header type = headers.lastHeader("event_type");
    return type != null && Arrays.equals(type.value(), TASK_CREATED);
  }

  static Envelope<NotificationSent> to(Envelope<TaskCreated> event) {
    return new Envelope<>(
        EventIds.derive(NAME, event.eventId(), TYPE, 0),
        TYPE,
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        new NotificationSent(
            event.data().taskId(), "sms", event.data().ownerId() + ": " + event.data().title()),
        new Envelope.Metadata(event.metadata().correlationId(), event.eventId(), NAME));
  }

  static void addTo(Headers headers, Envelope<NotificationSent> answer) {
    headers
        .add("event_id", answer.eventId().getBytes(UTF_8))
        .add("correlation_id", answer.metadata().correlationId().getBytes(UTF_8))
        .add("causation_id", answer.metadata().causationId().getBytes(UTF_8))
        .add("source", NAME_BYTES)
        .add("event_type", TYPE_BYTES);
  }

  Envelope<TaskCreated> read(byte[] event) {
    return reader.readValue(event);
  }

  byte[] write(Envelope<NotificationSent> answer) {
    return writer.writeValueAsBytes(answer);
  }

  ProducerRecord<byte[], byte[]> to(ConsumerRecord<byte[], byte[]> record, String topic) {
    Envelope<NotificationSent> answer = to(read(record.value()));
    ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(topic, record.key(), write(answer));
    addTo(sent.headers(), answer);
    return sent;
  }
}
