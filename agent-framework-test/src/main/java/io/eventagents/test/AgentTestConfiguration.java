package io.eventagents.test;

import io.eventagents.observation.AgentStatuses;
import io.eventagents.outbox.Outbox;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/** The beans of an {@link AgentTest}. */
@Configuration(proxyBeanMethods = false)
class AgentTestConfiguration {

  static final String CLOCK = "eventAgentsTestClock";

  @Bean(CLOCK)
  @Fallback
  SettableClock eventAgentsTestClock() {
    return new SettableClock();
  }

  @Bean
  Broker eventAgentsTestBroker(Environment environment) {
    return new Broker(
        environment.getRequiredProperty(Broker.ADDRESS),
        environment.getRequiredProperty("event-agents.topics.partitions", Integer.class));
  }

  @Bean
  EventTopics eventAgentsTestTopics(Broker broker) {
    return new EventTopics(broker.bootstrapServers());
  }

  @Bean
  AgentQueues eventAgentsTestQueues(
      Broker broker, AgentStatuses agents, BindingServiceProperties bindings) {
    return new AgentQueues(broker, agents, bindings);
  }

  @Bean
  FreshStart eventAgentsTestStart(
      EventTopics topics, AgentQueues queues, ConfigurableEnvironment environment) {
    return new FreshStart(topics, queues, AgentTestCustomizer.isBrokerShared(environment));
  }

  @Bean
  Chains eventAgentsTestChains(
      Broker broker,
      EventTopics topics,
      AgentQueues queues,
      AgentStatuses agents,
      ObjectProvider<Outbox> outboxes) {
    return new Chains(
        broker, topics, agents, new Traffic(queues, () -> outboxes.stream().toList()));
  }
}
