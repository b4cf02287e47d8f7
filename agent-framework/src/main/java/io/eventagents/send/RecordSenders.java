package io.eventagents.send;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.cloud.stream.binder.ExtendedProducerProperties;
import org.springframework.cloud.stream.binder.kafka.properties.KafkaProducerProperties;
import org.springframework.cloud.stream.binder.kafka.utils.BindingUtils;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.cloud.stream.function.StreamBridge;

/**
 * Makes senders: one per agent, with the producer properties of its output binding, so that trouble
 * with an agent's topics affects no other; and one for records of no binding. Closes them when the
 * application ends.
 */
public final class RecordSenders implements AutoCloseable {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final KafkaBinders kafka;
  private final BindingServiceProperties bindings;
  private final StreamBridge bridge;
  private final List<KafkaRecordSender> made = new CopyOnWriteArrayList<>();

  /**
   * @param kafka asked for the binder of each sender
   */
  public RecordSenders(KafkaBinders kafka, BindingServiceProperties bindings, StreamBridge bridge) {
    this.kafka = kafka;
    this.bindings = bindings;
    this.bridge = bridge;
  }

  /** A sender with the producer properties of this output binding. */
  public RecordSender ofBinding(String outputBinding) {
    return kafka
        .find(bindings.getBinder(outputBinding))
        .map(
            binder ->
                BindingUtils.createProducerConfigs(
                    new ExtendedProducerProperties<KafkaProducerProperties>(
                        binder.binder().getExtendedProducerProperties(outputBinding)),
                    binder.configuration()))
        .map(configuration -> sender(configuration, Map.of()))
        .orElseGet(this::bridge);
  }

  /**
   * A sender with the producer properties of the binder, for what belongs to no binding.
   *
   * @param overrides producer properties that must be so
   */
  public RecordSender ofBinder(Map<String, Object> overrides) {
    return kafka
        .find(null)
        .map(binder -> sender(binder.configuration().mergedProducerConfiguration(), overrides))
        .orElseGet(this::bridge);
  }

  private RecordSender bridge() {
    return new BridgeRecordSender(bridge, this::bindingOf);
  }

  private RecordSender sender(Map<String, Object> configuration, Map<String, Object> overrides) {
    Map<String, Object> complete = new HashMap<>(configuration);
    complete.putAll(overrides);
    complete.remove(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG);
    complete.remove(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);
    KafkaRecordSender sender = new KafkaRecordSender(complete, CLOSE_TIMEOUT);
    made.add(sender);
    return sender;
  }

  /**
   * The output binding that goes to this topic; if there is none, the topic itself, as a binding
   * made on the fly.
   */
  private String bindingOf(String topic) {
    return bindings.getBindings().entrySet().stream()
        .filter(entry -> entry.getKey().contains("-out-"))
        .filter(entry -> topic.equals(entry.getValue().getDestination()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(topic);
  }

  @Override
  public void close() {
    made.forEach(KafkaRecordSender::close);
  }
}
