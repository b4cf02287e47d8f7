package io.eventagents.autoconfigure;

import io.eventagents.observation.AgentStatuses;
import io.eventagents.poll.ContainerWatch;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/**
 * Has the container of an agent watched, and names its threads after the agent: the binder names
 * them after all its topics.
 *
 * <p>The binder takes one customizer only, so this one hands on to those of the application.
 */
final class AgentContainers
    implements ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>> {

  private final AgentStatuses statuses;
  private final ContainerWatch watch;
  private final BindingServiceProperties bindings;
  private final ObjectProvider<ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>>>
      others;

  AgentContainers(
      AgentStatuses statuses,
      ContainerWatch watch,
      BindingServiceProperties bindings,
      ObjectProvider<ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>>> others) {
    this.statuses = statuses;
    this.watch = watch;
    this.bindings = bindings;
    this.others = others;
  }

  @Override
  public void configure(
      AbstractMessageListenerContainer<?, ?> container, String destinationName, String group) {
    statuses.all().stream()
        .filter(status -> bindings.getGroup(status.agent().inputBinding()).equals(group))
        .findFirst()
        .ifPresent(
            status -> {
              container.setBeanName(group);
              watch.watch(status, container);
            });
    others
        .orderedStream()
        .filter(other -> other != this)
        .forEach(other -> other.configure(container, destinationName, group));
  }
}
