package io.eventagents.autoconfigure;

import io.eventagents.RecordLog;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.AgentStatuses;
import io.eventagents.topic.TopicIds;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.cloud.stream.config.ConsumerEndpointCustomizer;
import org.springframework.integration.kafka.inbound.KafkaMessageDrivenChannelAdapter;
import org.springframework.kafka.listener.ConsumerSeekAware.ConsumerSeekCallback;

/**
 * Sets up the consumers of agents: failures stay with the dispatcher instead of being logged with
 * the whole batch, and an agent that keeps its own position goes on from there.
 *
 * <p>The binder takes one customizer only, so this one hands on to those of the application.
 */
final class AgentEndpoints
    implements ConsumerEndpointCustomizer<KafkaMessageDrivenChannelAdapter<?, ?>> {

  private final AgentStatuses statuses;
  private final BindingServiceProperties bindings;
  private final TopicIds topicIds;
  private final BeanFactory beans;
  private final ObjectProvider<ConsumerEndpointCustomizer<KafkaMessageDrivenChannelAdapter<?, ?>>>
      others;

  AgentEndpoints(
      AgentStatuses statuses,
      BindingServiceProperties bindings,
      TopicIds topicIds,
      BeanFactory beans,
      ObjectProvider<ConsumerEndpointCustomizer<KafkaMessageDrivenChannelAdapter<?, ?>>> others) {
    this.statuses = statuses;
    this.bindings = bindings;
    this.topicIds = topicIds;
    this.beans = beans;
    this.others = others;
  }

  @Override
  public void configure(
      KafkaMessageDrivenChannelAdapter<?, ?> endpoint,
      String destinationName,
      @Nullable String group) {
    others
        .orderedStream()
        .filter(other -> other != this)
        .forEach(other -> other.configure(endpoint, destinationName, group));
    statuses.all().stream()
        .filter(status -> isInputOf(status, destinationName, group))
        .findFirst()
        .ifPresent(status -> configure(endpoint, status));
  }

  /**
   * @param group null for a function of the application that belongs to no group
   */
  private boolean isInputOf(AgentStatus status, String destinationName, @Nullable String group) {
    String binding = status.agent().inputBinding();
    return Objects.equals(group, bindings.getGroup(binding))
        && destinationName.equals(bindings.getBindingDestination(binding));
  }

  @SuppressWarnings(
      "NullAway") // No error channel is what the adapter starts with, though its setter does not
  // say so.
  private void configure(KafkaMessageDrivenChannelAdapter<?, ?> endpoint, AgentStatus status) {
    endpoint.setErrorChannel(null);
    endpoint.setOnPartitionsAssignedSeekCallback(
        (assigned, callback) -> {
          status.connected();
          if (beans.getBean(status.agent().beanName()) instanceof RecordLog log) {
            seek(log, assigned, callback);
          }
        });
  }

  private void seek(
      RecordLog log, Map<TopicPartition, Long> assigned, ConsumerSeekCallback callback) {
    topicIds.refresh(assigned.keySet().stream().map(TopicPartition::topic).distinct().toList());
    for (TopicPartition partition : assigned.keySet()) {
      OptionalLong next =
          log.nextOffset(partition.topic(), topicIds.of(partition.topic()), partition.partition());
      if (next.isPresent()) {
        callback.seek(partition.topic(), partition.partition(), next.getAsLong());
      } else {
        callback.seekToBeginning(partition.topic(), partition.partition());
      }
    }
  }
}
