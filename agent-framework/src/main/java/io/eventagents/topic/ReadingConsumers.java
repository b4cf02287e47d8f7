package io.eventagents.topic;

import io.eventagents.DependencyUnavailable;
import io.eventagents.send.KafkaBinders;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Makes consumers that are in no group, with the binder's own settings. Thread-safe. */
final class ReadingConsumers implements Supplier<Consumer<byte[], byte[]>> {

  private final KafkaBinders kafka;
  private final Duration patience;

  /**
   * @param kafka asked for the default binder
   * @param patience how long they wait for an answer from the broker
   */
  ReadingConsumers(KafkaBinders kafka, Duration patience) {
    this.kafka = kafka;
    this.patience = patience;
  }

  /**
   * Makes a consumer without an assignment.
   *
   * @throws DependencyUnavailable if the binder is not Kafka's
   */
  @Override
  public Consumer<byte[], byte[]> get() {
    Map<String, Object> configuration =
        kafka
            .find(null)
            .map(binder -> new HashMap<>(binder.configuration().mergedConsumerConfiguration()))
            .orElseThrow(
                () -> new DependencyUnavailable("Kafka (the binder is another one)", null));
    configuration.remove(ConsumerConfig.GROUP_ID_CONFIG);
    configuration.remove(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG);
    configuration.remove(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
    int patienceMs = (int) patience.toMillis();
    configuration.put(ConsumerConfig.CLIENT_ID_CONFIG, "event-agents-reader");
    configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    configuration.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    configuration.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    configuration.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 * 1024 * 1024);
    // Only what is already there is read.
    configuration.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
    configuration.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patienceMs);
    configuration.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, patienceMs - 1_000);
    return new ReadingConsumer(configuration);
  }
}
