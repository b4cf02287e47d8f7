package io.eventagents.test;

import io.eventagents.embedded.EmbeddedServers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.support.TestPropertySourceUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Adds the servers, quick settings and beans of an {@link AgentTest} to its context. Contexts are
 * shared by tests whose customizers are equal.
 *
 * @param database whether there is to be one
 */
record AgentTestCustomizer(boolean database) implements ContextCustomizer {

  private static final String PROPERTY_SOURCE = "eventAgentsTest";
  private static final String DATABASE_URL = "spring.datasource.url";
  private static final AtomicInteger CONTEXTS = new AtomicInteger();

  @Override
  public void customizeContext(
      ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
    ConfigurableEnvironment environment = context.getEnvironment();
    Map<String, Supplier<String>> properties = new LinkedHashMap<>();
    properties.put(
        Broker.ADDRESS,
        () -> {
          startBoth(environment);
          return EmbeddedServers.kafka().bootstrapServers();
        });
    properties.put("event-agents.topics.partitions", () -> "3");
    properties.put("event-agents.outbox.poll-interval", () -> "100ms");
    properties.put("event-agents.retry.initial-delay", () -> "20ms");
    properties.put("event-agents.retry.max-delay", () -> "200ms");
    if (hasDatabase(context)) {
      addDatabase(properties, environment, configuration.getTestClass());
    } else {
      properties.put("event-agents.database.enabled", () -> "false");
      properties.put(
          "spring.autoconfigure.exclude",
          () -> "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration");
    }
    add(new LazyProperties(PROPERTY_SOURCE, properties), environment.getPropertySources());
    new AnnotatedBeanDefinitionReader((BeanDefinitionRegistry) context.getBeanFactory())
        .register(AgentTestConfiguration.class);
  }

  /** Whether the broker is the one that tests share, and not one of the test's own. */
  static boolean isBrokerShared(ConfigurableEnvironment environment) {
    return isOurs(Broker.ADDRESS, environment);
  }

  private static boolean isOurs(String property, ConfigurableEnvironment environment) {
    for (PropertySource<?> source : environment.getPropertySources()) {
      // Boot attaches a view of all sources as the first one.
      if (!source.getName().equals("configurationProperties")
          && source.containsProperty(property)) {
        return source.getName().equals(PROPERTY_SOURCE);
      }
    }
    return false;
  }

  private boolean hasDatabase(ConfigurableApplicationContext context) {
    return database
        && ClassUtils.isPresent(
            "org.springframework.jdbc.core.JdbcTemplate", context.getClassLoader());
  }

  private static void addDatabase(
      Map<String, Supplier<String>> properties,
      ConfigurableEnvironment environment,
      Class<?> testClass) {
    String name = testClass.getSimpleName();
    String database =
        (name.length() > 40 ? name.substring(0, 40) : name) + "-" + CONTEXTS.incrementAndGet();
    SingletonSupplier<String> url =
        SingletonSupplier.of(
            () -> {
              startBoth(environment);
              return EmbeddedServers.postgreSql().createDatabase(database);
            });
    properties.put(DATABASE_URL, url::obtain);
    properties.put("spring.datasource.username", () -> "postgres");
    properties.put("spring.datasource.password", () -> "postgres");
  }

  /** Starts both side by side if both are needed. */
  private static void startBoth(ConfigurableEnvironment environment) {
    if (isOurs(Broker.ADDRESS, environment) && isOurs(DATABASE_URL, environment)) {
      EmbeddedServers.start();
    }
  }

  private static void add(PropertySource<?> source, MutablePropertySources sources) {
    if (sources.contains(TestPropertySourceUtils.INLINED_PROPERTIES_PROPERTY_SOURCE_NAME)) {
      sources.addAfter(TestPropertySourceUtils.INLINED_PROPERTIES_PROPERTY_SOURCE_NAME, source);
    } else {
      sources.addFirst(source);
    }
  }
}
