package io.eventagents.autoconfigure;

import io.eventagents.binding.AgentDefinition;
import io.eventagents.poll.AgentPolls;
import io.eventagents.send.KafkaBinders;
import java.time.Duration;
import java.util.Map;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.kafka.properties.KafkaConsumerProperties;
import org.springframework.cloud.stream.binder.kafka.utils.BindingUtils;
import org.springframework.cloud.stream.config.BindingServiceProperties;

/**
 * How long a consumer may take between two polls before it is removed from its group, for each
 * binding.
 */
final class PollInterval {

  private final KafkaBinders kafka;
  private final BindingServiceProperties bindings;

  PollInterval(KafkaBinders kafka, BindingServiceProperties bindings) {
    this.kafka = kafka;
    this.bindings = bindings;
  }

  /** The interval in force for this agent's input. */
  Duration of(AgentDefinition agent) {
    String binding = agent.inputBinding();
    return AgentPolls.pollInterval(
        kafka
            .find(bindings.getBinder(binding))
            .map(
                binder ->
                    BindingUtils.createConsumerConfigs(
                        false,
                        agent.name(),
                        new ExtendedConsumerProperties<KafkaConsumerProperties>(
                            binder.binder().getExtendedConsumerProperties(binding)),
                        binder.configuration()))
            .orElse(Map.of()));
  }
}
