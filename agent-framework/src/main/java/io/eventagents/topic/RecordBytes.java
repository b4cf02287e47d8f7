package io.eventagents.topic;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** How much memory the content of a record takes. */
public final class RecordBytes {

  private RecordBytes() {}

  /** The bytes of its key, its value and its headers, which no deserializer is asked for. */
  public static long of(ConsumerRecord<byte[], byte[]> record) {
    long bytes = Math.max(0, record.serializedKeySize());
    bytes += Math.max(0, record.serializedValueSize());
    for (Header header : record.headers()) {
      bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return bytes;
  }
}
