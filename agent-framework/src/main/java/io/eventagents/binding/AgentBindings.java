package io.eventagents.binding;

import java.util.List;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.cloud.stream.function.BindableFunctionProxyFactory;
import org.springframework.cloud.stream.function.StreamFunctionProperties;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Registers a channel and its binding for every agent, before any bean is made.
 *
 * <p>Channels are bound, not functions. Spring Cloud Function never touches an agent, so batches,
 * headers and acknowledgements belong to the dispatcher, and functions that are not agents work as
 * usual.
 */
public final class AgentBindings implements BeanDefinitionRegistryPostProcessor, Ordered {

  /** The name of the bean that holds the {@link AgentDefinitions}. */
  public static final String DEFINITIONS = "eventAgentsDefinitions";

  static final String PROPERTY_SOURCE = "eventAgentsDerivedBindings";

  private static final List<String> FUNCTION_DEFINITIONS =
      List.of("spring.cloud.function.definition", "spring.cloud.stream.function.definition");
  private static final String AUTODETECT = "spring.cloud.stream.function.autodetect";

  private final ConfigurableEnvironment environment;

  /**
   * @param environment gets the derived properties as its last source
   */
  public AgentBindings(ConfigurableEnvironment environment) {
    this.environment = environment;
  }

  /** After the configuration classes have been read, so that every agent's definition is there. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }

  @Override
  public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
    AgentDefinitions agents =
        new AgentDiscovery((ConfigurableListableBeanFactory) registry, environment).find();
    failWhereBoundTwice(agents);
    registry.registerBeanDefinition(
        DEFINITIONS, infrastructure(new RootBeanDefinition(AgentDefinitions.class, () -> agents)));
    for (AgentDefinition agent : agents) {
      registerBinding(registry, agent.inputBinding(), 1, 0);
      agent.outputBindings().forEach(output -> registerBinding(registry, output, 0, 1));
    }
    environment
        .getPropertySources()
        .addLast(new MapPropertySource(PROPERTY_SOURCE, DerivedBindings.of(agents)));
  }

  private void failWhereBoundTwice(AgentDefinitions agents) {
    for (String property : FUNCTION_DEFINITIONS) {
      List<String> twice = AgentDiscovery.alsoDefined(agents, environment.getProperty(property));
      if (!twice.isEmpty()) {
        throw new InvalidAgent(
            property + " names " + twice + ", which the framework binds already.",
            "Remove the agents from " + property + "; only other functions belong there.");
      }
    }
    if (!agents.all().isEmpty() && environment.getProperty(AUTODETECT, boolean.class, false)) {
      throw new InvalidAgent(
          AUTODETECT + " is true, and so an agent would be bound a second time.",
          "Remove it, and name other functions in " + FUNCTION_DEFINITIONS.getFirst() + ".");
    }
  }

  private static void registerBinding(
      BeanDefinitionRegistry registry, String binding, int inputs, int outputs) {
    RootBeanDefinition definition = new RootBeanDefinition(BindableFunctionProxyFactory.class);
    definition.getConstructorArgumentValues().addIndexedArgumentValue(0, binding);
    definition.getConstructorArgumentValues().addIndexedArgumentValue(1, inputs);
    definition.getConstructorArgumentValues().addIndexedArgumentValue(2, outputs);
    definition
        .getConstructorArgumentValues()
        .addIndexedArgumentValue(3, new RuntimeBeanReference(StreamFunctionProperties.class));
    definition.getConstructorArgumentValues().addIndexedArgumentValue(4, false);
    // It is a factory bean only in name. With the type declared, nobody makes it early to find
    // out.
    definition.setAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE, Object.class);
    registry.registerBeanDefinition(binding + "_binding", infrastructure(definition));
  }

  private static RootBeanDefinition infrastructure(RootBeanDefinition definition) {
    definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
    return definition;
  }
}
