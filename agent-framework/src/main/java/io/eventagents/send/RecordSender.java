package io.eventagents.send;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends records to the broker. Thread-safe. Records of one key arrive in the order in which one
 * thread sends them.
 */
@FunctionalInterface
public interface RecordSender {

  /**
   * Sends without waiting.
   *
   * @return completes when all in-sync replicas have the record, or with the {@link
   *     org.apache.kafka.common.KafkaException} that says why they never will; a failure to even
   *     start sending is in the future too, never thrown
   */
  CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record);

  /**
   * Says that nothing more follows for now, so that what was sent need not wait for more. Returns
   * at once.
   */
  default void flush() {}
}
