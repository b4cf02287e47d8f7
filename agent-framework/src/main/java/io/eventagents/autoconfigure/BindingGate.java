package io.eventagents.autoconfigure;

import io.eventagents.RecordLog;
import io.eventagents.binding.AgentDefinition;
import io.eventagents.binding.AgentDefinitions;
import io.eventagents.binding.InputTopics;
import io.eventagents.binding.Intake;
import io.eventagents.topic.TopicProvisioner;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.stream.binder.kafka.support.ConsumerConfigCustomizer;
import org.springframework.cloud.stream.binder.kafka.support.ProducerConfigCustomizer;
import org.springframework.cloud.stream.config.BindingServiceProperties;

/**
 * Lets nothing be bound before the topics exist, and no log before it may be read. The binder asks
 * its customizers before it asks the broker for partitions, which without a broker takes ten
 * minutes for each topic. If it is refused here, it tries again two seconds later.
 */
final class BindingGate implements ConsumerConfigCustomizer, ProducerConfigCustomizer {

  private final ObjectProvider<TopicProvisioner> topics;
  private final AgentDefinitions agents;
  private final BindingServiceProperties bindings;
  private final BeanFactory beans;
  private final Consumer<Boolean> awaiting;
  private final AtomicBoolean refused = new AtomicBoolean();

  /**
   * @param awaiting told when a log begins to wait, and when it no longer waits
   */
  BindingGate(
      ObjectProvider<TopicProvisioner> topics,
      AgentDefinitions agents,
      BindingServiceProperties bindings,
      BeanFactory beans,
      Consumer<Boolean> awaiting) {
    this.topics = topics;
    this.agents = agents;
    this.bindings = bindings;
    this.beans = beans;
    this.awaiting = awaiting;
  }

  @Override
  public void configure(Map<String, Object> configuration, String bindingName, String destination) {
    if (!topics.getObject().isProvisioned()) {
      throw new IllegalStateException(bindingName + " is bound when the broker is there");
    }
    agents.stream()
        .filter(agent -> agent.intake() instanceof Intake.Records)
        .filter(agent -> agent.inputBinding().equals(bindingName))
        .findFirst()
        .ifPresent(agent -> admit(agent, configuration, destination));
  }

  private void admit(AgentDefinition agent, Map<String, Object> configuration, String destination) {
    if (!(beans.getBean(agent.beanName()) instanceof RecordLog log)) {
      return;
    }
    String group = bindings.getGroup(agent.inputBinding());
    log.identity()
        .ifPresent(
            identity -> configuration.put(ConsumerConfig.CLIENT_ID_CONFIG, group + "-" + identity));
    Optional<String> obstacle = log.obstacle(group, topicsOf(destination));
    if (obstacle.isPresent()) {
      refused.set(true);
      awaiting.accept(true);
      throw new IllegalStateException(agent.inputBinding() + " is not bound: " + obstacle.get());
    }
    if (refused.compareAndSet(true, false)) {
      awaiting.accept(false);
    }
  }

  /** The destination is one pattern, or names. */
  private static Predicate<String> topicsOf(String destination) {
    Predicate<String> named = InputTopics.in(destination)::contains;
    try {
      return named.or(Pattern.compile(destination).asMatchPredicate());
    } catch (PatternSyntaxException e) {
      return named;
    }
  }
}
