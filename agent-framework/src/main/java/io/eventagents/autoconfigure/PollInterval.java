package io.eventagents.autoconfigure;

import io.eventagents.binding.AgentDefinition;
import io.eventagents.poll.AgentPolls;
import io.eventagents.send.KafkaBinders;
import java.time.Duration;
import java.util.Map;
import org.springframework.cloud.stream.binder.BinderFactory;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.kafka.KafkaMessageChannelBinder;
import org.springframework.cloud.stream.binder.kafka.properties.KafkaConsumerProperties;
import org.springframework.cloud.stream.binder.kafka.utils.BindingUtils;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.messaging.MessageChannel;

/**
 * How long a consumer may take between two polls before it is removed from its group, for each
 * binding.
 */
final class PollInterval {

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
      return AgentPolls.pollInterval(Map.of());
    }
    Map<String, Object> consumer =
        BindingUtils.createConsumerConfigs(
            false,
            agent.name(),
            new ExtendedConsumerProperties<KafkaConsumerProperties>(
                binder.getExtendedConsumerProperties(binding)),
            kafka.settings(binder).binder());
    return AgentPolls.pollInterval(consumer);
  }
}
