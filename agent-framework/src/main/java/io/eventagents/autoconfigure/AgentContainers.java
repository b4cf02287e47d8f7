package io.eventagents.autoconfigure;

import io.eventagents.binding.AgentDefinitions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

/**
 * Names the threads of an agent's consumer after the agent, since the binder's name for them is
 * that of all its topics, and lets it go on with the next batch while the commit of the one before
 * is under way.
 *
 * <p>The binder takes one customizer only, so this one hands on to those of the application.
 */
final class AgentContainers
    implements ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>> {

  private static final Logger log = LoggerFactory.getLogger(AgentContainers.class);

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

  /**
   * What is committed is finished and acknowledged. A commit that gets lost repeats a batch, and
   * the next one makes up for it; a consumer that is closed waits for those under way.
   */
  private static void commitWithoutWaiting(ContainerProperties container) {
    container.setSyncCommits(false);
    container.setCommitCallback(
        (offsets, failure) -> {
          if (failure != null) {
            log.debug("Offsets were not committed, the next commit covers them", failure);
          }
        });
  }

  @Override
  public void configure(
      AbstractMessageListenerContainer<?, ?> container, String destinationName, String group) {
    if (agents.stream().anyMatch(agent -> group.equals(bindings.getGroup(agent.inputBinding())))) {
      container.setBeanName(group);
      commitWithoutWaiting(container.getContainerProperties());
    }
    others
        .orderedStream()
        .filter(other -> other != this)
        .forEach(other -> other.configure(container, destinationName, group));
  }
}
