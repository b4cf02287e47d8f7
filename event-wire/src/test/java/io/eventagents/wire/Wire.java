package io.eventagents.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Records as other programs write them. */
final class Wire {

  static final long TIMESTAMP = 1_736_951_422_456L;

  private Wire() {}

  static byte[] file(String name) {
    try (InputStream file =
        Objects.requireNonNull(Wire.class.getResourceAsStream("/wire/" + name), name)) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static ConsumerRecord<byte[], byte[]> record(String value, String... headers) {
    return record(value.getBytes(UTF_8), headers);
  }

  /**
   * @param headers name, value, name, value
   */
  static ConsumerRecord<byte[], byte[]> record(byte @Nullable [] value, String... headers) {
    RecordHeaders added = new RecordHeaders();
    for (int i = 0; i < headers.length; i += 2) {
      added.add(headers[i], headers[i + 1].getBytes(UTF_8));
    }
    return new ConsumerRecord<>(
        "task-events",
        3,
        42,
        TIMESTAMP,
        TimestampType.CREATE_TIME,
        -1,
        -1,
        "task-1".getBytes(UTF_8),
        value,
        added,
        Optional.empty());
  }

  /** The same record with another timestamp. */
  static ConsumerRecord<byte[], byte[]> at(long timestamp, ConsumerRecord<byte[], byte[]> record) {
    return new ConsumerRecord<>(
        record.topic(),
        record.partition(),
        record.offset(),
        timestamp,
        TimestampType.CREATE_TIME,
        -1,
        -1,
        record.key(),
        record.value(),
        record.headers(),
        Optional.empty());
  }
}
