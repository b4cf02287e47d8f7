package io.eventagents.autoconfigure;

import io.eventagents.RecordLog;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.AgentStatuses;
import io.eventagents.poll.AgentPolls;
import io.eventagents.poll.StoredPositions;
import io.eventagents.topic.TopicIds;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.cloud.stream.binder.DefaultBinderFactory;
import org.springframework.cloud.stream.binder.kafka.KafkaMessageChannelBinder;
import org.springframework.cloud.stream.binder.kafka.config.ClientFactoryCustomizer;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/** Bounds the polls of agents' consumers, whichever Kafka binder makes them. */
final class AgentClients implements DefaultBinderFactory.Listener {

  private final BeanFactory beans;

  /**
   * @param beans asked late: binders and their listeners are made before all else
   */
  AgentClients(BeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public void afterBinderContextInitialized(
      String configurationName, ConfigurableApplicationContext binderContext) {
    binderContext
        .getBeanProvider(KafkaMessageChannelBinder.class)
        .ifAvailable(binder -> binder.addClientFactoryCustomizer(new Consumers()));
  }

  /** Not a bean, because a binder would apply such a bean by itself as well. */
  private final class Consumers implements ClientFactoryCustomizer {

    @Override
    @SuppressWarnings("unchecked")
    public void configure(ConsumerFactory<?, ?> factory) {
      Object group = factory.getConfigurationProperties().get(ConsumerConfig.GROUP_ID_CONFIG);
      if (!(factory instanceof DefaultKafkaConsumerFactory<?, ?> made)) {
        return;
      }
      AgentPolls polls = beans.getBean(AgentPolls.class);
      BindingServiceProperties bindings = beans.getBean(BindingServiceProperties.class);
      beans.getBean(AgentStatuses.class).all().stream()
          .filter(status -> bindings.getGroup(status.agent().inputBinding()).equals(group))
          .findFirst()
          .ifPresent(
              status ->
                  polls.bound(
                      (DefaultKafkaConsumerFactory<byte[], byte[]>) made,
                      status,
                      positionsOf(status)));
    }
  }

  private StoredPositions positionsOf(AgentStatus status) {
    return beans.getBean(status.agent().beanName()) instanceof RecordLog log
        ? new PositionsOfALog(log, beans.getBean(TopicIds.class))
        : StoredPositions.NONE;
  }

  /** The positions that a log keeps. */
  private record PositionsOfALog(RecordLog log, TopicIds topicIds) implements StoredPositions {

    @Override
    public long losses() {
      return log.losses();
    }

    @Override
    public OptionalLong next(TopicPartition partition) {
      return log.nextOffset(
          partition.topic(), topicIds.of(partition.topic()), partition.partition());
    }

    @Override
    public void skipped(TopicPartition partition, long from, long to) {
      log.skipped(
          partition.topic(), topicIds.of(partition.topic()), partition.partition(), from, to);
    }
  }
}
