package io.eventagents.poll;

import io.eventagents.observation.AgentStatus;
import io.eventagents.topic.PollLimits;
import io.eventagents.topic.PolledBytes;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/**
 * Bounds what the consumers of an agent hold, and lets them survive records that they cannot read
 * and a broker that refuses them.
 */
public final class AgentPolls {

  private static final Duration KAFKAS_POLL_INTERVAL = Duration.ofMinutes(5);

  private final PollLimits limits;
  private final SkippedRecords skips;
  private final Clock clock;

  /**
   * @param limits of each consumer
   * @param skips the records that no agent gets
   */
  public AgentPolls(PollLimits limits, SkippedRecords skips, Clock clock) {
    this.limits = limits;
    this.skips = skips;
    this.clock = clock;
  }

  /**
   * Sets up a factory before it makes a consumer. A factory whose consumers take anything but bytes
   * is left as it is.
   *
   * @param status of the agent whose consumers it makes
   * @param stored the agent's own position, if it keeps one; told what is skipped
   */
  public void bound(
      DefaultKafkaConsumerFactory<byte[], byte[]> factory,
      AgentStatus status,
      StoredPositions stored) {
    Map<String, Object> configuration = factory.getConfigurationProperties();
    if (!takesBytes(configuration, ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG)
        || !takesBytes(configuration, ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG)) {
      return;
    }
    boolean earliest =
        "earliest".equals(configuration.get(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG));
    boolean readsCommitted =
        "read_committed".equals(configuration.get(ConsumerConfig.ISOLATION_LEVEL_CONFIG));
    Duration pollInterval = pollInterval(configuration);
    CarefulReading careful = new CarefulReading(configuration, limits, clock);
    ReadAccess access = new ReadAccess(configuration);
    // One thread makes and wraps a consumer, and several threads do so side by side.
    ThreadLocal<PolledBytes> made = ThreadLocal.withInitial(() -> new PolledBytes(limits));
    factory.setKeyDeserializerSupplier(() -> made.get().keys());
    factory.setValueDeserializerSupplier(() -> made.get().values());
    factory.addPostProcessor(
        consumer -> {
          PolledBytes bytes = made.get();
          made.remove();
          Consumer<byte[], byte[]> bounded =
              new BoundedConsumer(consumer, bytes, careful, skips, stored, status, earliest, clock)
                  .proxy();
          Consumer<byte[], byte[]> committing =
              new MarkerCommittingConsumer(bounded, status).proxy();
          Consumer<byte[], byte[]> returning =
              stored == StoredPositions.NONE
                  ? committing
                  : new ReturningConsumer(committing, stored, status).proxy();
          return new PatientConsumer(
                  returning, access, status, status.opened(pollInterval, readsCommitted), clock)
              .proxy();
        });
  }

  /** How long a consumer of this configuration may take between two polls. */
  public static Duration pollInterval(Map<String, Object> configuration) {
    Object millis = configuration.get(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
    return millis == null
        ? KAFKAS_POLL_INTERVAL
        : Duration.ofMillis(Long.parseLong(String.valueOf(millis)));
  }

  private static boolean takesBytes(Map<String, Object> configuration, String deserializer) {
    Object type = configuration.get(deserializer);
    return ByteArrayDeserializer.class.equals(type)
        || ByteArrayDeserializer.class.getName().equals(type);
  }
}
