package io.eventagents.topic;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** A consumer in no group whose polls hold a bounded number of bytes. */
final class ReadingConsumer extends KafkaConsumer<byte[], byte[]> {

  private final PolledBytes bytes;

  ReadingConsumer(Map<String, Object> configuration) {
    this(configuration, new PolledBytes(PollLimits.DEFAULT));
  }

  private ReadingConsumer(Map<String, Object> configuration, PolledBytes bytes) {
    super(configuration, bytes.keys(), bytes.values());
    this.bytes = bytes;
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    bytes.begin();
    return super.poll(timeout);
  }
}
