package io.eventagents.audit;

import io.eventagents.ReceivedRecord;
import io.eventagents.RecordBatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Records as the framework delivers them. */
public final class Records {

  public static final Uuid TASK_EVENTS = Uuid.fromString("3yS8NRRaSb2uYbWlqLzj1g");
  public static final long TIMESTAMP = 1_736_951_422_456L;

  private Records() {}

  public static RecordBatch batch(ReceivedRecord... records) {
    return new RecordBatch(List.of(records));
  }

  public static ReceivedRecord record(long offset, String value) {
    return record(offset, utf8(value));
  }

  public static ReceivedRecord record(long offset, byte @Nullable [] value) {
    return record(TASK_EVENTS, offset, utf8("task-123"), value, new RecordHeaders());
  }

  public static ReceivedRecord record(String topic, long offset, byte @Nullable [] value) {
    return record(topic, new Uuid(1, topic.hashCode()), offset, null, value, new RecordHeaders());
  }

  public static ReceivedRecord record(
      Uuid topicId,
      long offset,
      byte @Nullable [] key,
      byte @Nullable [] value,
      RecordHeaders headers) {
    return record("task-events", topicId, offset, key, value, headers);
  }

  /** With a timestamp that its producer made up. */
  public static ReceivedRecord recordOf(long timestamp, long offset, String value) {
    return record(
        "task-events",
        TASK_EVENTS,
        offset,
        timestamp,
        utf8("task-123"),
        utf8(value),
        new RecordHeaders());
  }

  private static ReceivedRecord record(
      String topic,
      Uuid topicId,
      long offset,
      byte @Nullable [] key,
      byte @Nullable [] value,
      RecordHeaders headers) {
    return record(topic, topicId, offset, TIMESTAMP, key, value, headers);
  }

  @SuppressWarnings("NullAway") // Kafka's records may have no key and no value.
  private static ReceivedRecord record(
      String topic,
      Uuid topicId,
      long offset,
      long timestamp,
      byte @Nullable [] key,
      byte @Nullable [] value,
      RecordHeaders headers) {
    return new ReceivedRecord(
        new ConsumerRecord<>(
            topic,
            0,
            offset,
            timestamp,
            TimestampType.CREATE_TIME,
            -1,
            -1,
            key,
            value,
            headers,
            Optional.empty()),
        topicId);
  }

  public static RecordHeaders headers(String... namesAndValues) {
    RecordHeaders headers = new RecordHeaders();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], utf8(namesAndValues[i + 1]));
    }
    return headers;
  }

  /** An event of a chain, with nothing in its headers. */
  public static ReceivedRecord event(
      long offset, String id, String type, @Nullable String causation, String occurredAt) {
    return record(
        offset,
        """
        {"event_id":"%s","event_type":"%s","occurred_at":"%s","data":{"n":%d},\
        "metadata":{"correlation_id":"req-1","causation_id":%s,"source":"test"}}"""
            .formatted(
                id, type, occurredAt, offset, causation == null ? null : '"' + causation + '"'));
  }

  /** A file that another program wrote. */
  public static byte[] wire(String file) {
    try (InputStream resource = Records.class.getResourceAsStream("/wire/" + file)) {
      return Objects.requireNonNull(resource, file).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
