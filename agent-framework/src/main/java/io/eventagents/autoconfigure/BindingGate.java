package io.eventagents.autoconfigure;

import io.eventagents.topic.TopicProvisioner;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.stream.binder.kafka.support.ConsumerConfigCustomizer;
import org.springframework.cloud.stream.binder.kafka.support.ProducerConfigCustomizer;

/**
 * Lets nothing be bound before the topics are there. The binder asks its customizers before it asks
 * the broker for partitions, which without a broker takes it ten minutes for each topic; refused
 * here, it tries again two seconds later.
 */
final class BindingGate implements ConsumerConfigCustomizer, ProducerConfigCustomizer {

  private final ObjectProvider<TopicProvisioner> topics;

  BindingGate(ObjectProvider<TopicProvisioner> topics) {
    this.topics = topics;
  }

  @Override
  public void configure(Map<String, Object> configuration, String bindingName, String destination) {
    if (!topics.getObject().isProvisioned()) {
      throw new IllegalStateException(bindingName + " is bound when the broker is there");
    }
  }
}
