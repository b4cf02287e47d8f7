package io.eventagents.binding;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cloud.stream.config.BindingProperties;
import org.springframework.cloud.stream.config.BindingServiceProperties;

/**
 * Adds an agent's replay topic to the destinations of its input, even if an application overrides
 * those: otherwise a replayed dead letter would reach nobody.
 */
public final class ReplayTopics implements BeanPostProcessor {

  private final ObjectProvider<AgentDefinitions> agents;

  /**
   * @param agents asked for when the binding properties are made
   */
  public ReplayTopics(ObjectProvider<AgentDefinitions> agents) {
    this.agents = agents;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    if (bean instanceof BindingServiceProperties bindings) {
      agents.getObject().stream()
          .filter(agent -> agent.intake() instanceof Intake.Events)
          .forEach(agent -> addTo(bindings.getBindingProperties(agent.inputBinding()), agent));
    }
    return bean;
  }

  private static void addTo(BindingProperties binding, AgentDefinition agent) {
    String destination = binding.getDestination();
    if (!InputTopics.in(destination).contains(agent.replayTopic())) {
      binding.setDestination(destination + "," + agent.replayTopic());
    }
  }
}
