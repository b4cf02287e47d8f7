package io.eventagents.autoconfigure;

import io.eventagents.binding.AgentDefinition;
import io.eventagents.send.KafkaBinders;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.cloud.stream.binder.BinderFactory;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.kafka.KafkaMessageChannelBinder;
import org.springframework.cloud.stream.binder.kafka.properties.KafkaConsumerProperties;
import org.springframework.cloud.stream.binder.kafka.utils.BindingUtils;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.messaging.MessageChannel;

/**
 * How long a consumer may take between two polls before it is put out of its group, as each binding
 * has it.
 */
final class PollInterval {

  private static final Duration KAFKAS_DEFAULT = Duration.ofMinutes(5);

  private final BinderFactory binders;
  private final KafkaBinders kafka;
  private final BindingServiceProperties bindings;

  PollInterval(BinderFactory binders, KafkaBinders kafka, BindingServiceProperties bindings) {
    this.binders = binders;
    this.kafka = kafka;
    this.bindings = bindings;
  }

  /** The interval in force for this agent's input. */
  Duration of(AgentDefinition agent) {
    String binding = agent.inputBinding();
    if (!(binders.getBinder(bindings.getBinder(binding), MessageChannel.class)
        instanceof KafkaMessageChannelBinder binder)) {
      return KAFKAS_DEFAULT;
    }
    Map<String, Object> consumer =
        BindingUtils.createConsumerConfigs(
            false,
            agent.name(),
            new ExtendedConsumerProperties<KafkaConsumerProperties>(
                binder.getExtendedConsumerProperties(binding)),
            kafka.settings(binder).binder());
    Object millis = consumer.get(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
    return millis == null
        ? KAFKAS_DEFAULT
        : Duration.ofMillis(Long.parseLong(String.valueOf(millis)));
  }
}
