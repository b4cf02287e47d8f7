package io.eventagents.autoconfigure;

import io.eventagents.binding.AgentDefinitions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/**
 * Names the threads of an agent's consumer after the agent: the binder's name for them is that of
 * all its topics.
 *
 * <p>The binder takes one customizer only, so this one hands on to those of the application.
 */
final class AgentContainers
    implements ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>> {

  private final AgentDefinitions agents;
  private final BindingServiceProperties bindings;
  private final ObjectProvider<ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>>>
      others;

  AgentContainers(
      AgentDefinitions agents,
      BindingServiceProperties bindings,
      ObjectProvider<ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>>> others) {
    this.agents = agents;
    this.bindings = bindings;
    this.others = others;
  }

  @Override
  public void configure(
      AbstractMessageListenerContainer<?, ?> container, String destinationName, String group) {
    if (agents.stream().anyMatch(agent -> group.equals(bindings.getGroup(agent.inputBinding())))) {
      container.setBeanName(group);
    }
    others
        .orderedStream()
        .filter(other -> other != this)
        .forEach(other -> other.configure(container, destinationName, group));
  }
}
