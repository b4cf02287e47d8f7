package io.eventagents.binding;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;

/**
 * Moves the derived properties behind the default properties of the application, which Spring Boot
 * moves to the end only after the bean definitions have been read.
 */
public final class DerivedBindingsLast implements BeanFactoryPostProcessor {

  private final ConfigurableEnvironment environment;

  /**
   * @param environment has the derived properties among its sources
   */
  public DerivedBindingsLast(ConfigurableEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
    MutablePropertySources sources = environment.getPropertySources();
    var derived = sources.remove(AgentBindings.PROPERTY_SOURCE);
    if (derived != null) {
      sources.addLast(derived);
    }
  }
}
