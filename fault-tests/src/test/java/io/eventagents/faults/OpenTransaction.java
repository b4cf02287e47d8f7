package io.eventagents.faults;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer that begins a transaction and aborts it when this is closed. */
final class OpenTransaction implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;

  /**
   * @param id the transactional id
   */
  OpenTransaction(Landscape landscape, String id) {
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                landscape.bootstrapServers(),
                "transactional.id",
                id,
                // So that the broker does not end it earlier.
                "transaction.timeout.ms",
                "600000"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    producer.beginTransaction();
  }

  /**
   * Writes a record in the transaction, which nobody will ever see, and returns when it is written.
   */
  void write(String topic, int partition) {
    var unused =
        producer.send(
            new ProducerRecord<>(
                topic, partition, null, "never".getBytes(StandardCharsets.US_ASCII)));
    producer.flush();
  }

  @Override
  public void close() {
    producer.abortTransaction();
    producer.close();
  }
}
