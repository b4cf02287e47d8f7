package io.eventagents.test;

import io.eventagents.embedded.EmbeddedPostgreSql;
import io.eventagents.embedded.EmbeddedServers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.support.TestPropertySourceUtils;
import org.springframework.util.ClassUtils;

/**
 * Adds the servers, quick settings and beans of an {@link AgentTest} to its context. Contexts are
 * shared by tests whose customizers are equal.
 *
 * @param database whether there is to be one
 */
record AgentTestCustomizer(boolean database) implements ContextCustomizer {

  /** The address of the broker that tests share. */
  static final String SHARED_BROKER = "event-agents-test.shared-broker";

  private static final String PROPERTY_SOURCE = "eventAgentsTest";
  private static final AtomicInteger CONTEXTS = new AtomicInteger();

  @Override
  public void customizeContext(
      ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
    Map<String, Object> properties = new LinkedHashMap<>();
    MutablePropertySources sources = context.getEnvironment().getPropertySources();
    if (hasDatabase(context)) {
      EmbeddedServers.start();
      addDatabase(properties, configuration.getTestClass());
    } else {
      properties.put("event-agents.database.enabled", "false");
      properties.put(
          "spring.autoconfigure.exclude",
          "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration");
    }
    String broker = EmbeddedServers.kafka().bootstrapServers();
    properties.put(Broker.ADDRESS, broker);
    properties.put(SHARED_BROKER, broker);
    properties.put("event-agents.topics.partitions", "3");
    properties.put("event-agents.outbox.poll-interval", "100ms");
    properties.put("event-agents.retry.initial-delay", "20ms");
    properties.put("event-agents.retry.max-delay", "200ms");
    MapPropertySource source = new MapPropertySource(PROPERTY_SOURCE, properties);
    if (sources.contains(TestPropertySourceUtils.INLINED_PROPERTIES_PROPERTY_SOURCE_NAME)) {
      sources.addAfter(TestPropertySourceUtils.INLINED_PROPERTIES_PROPERTY_SOURCE_NAME, source);
    } else {
      sources.addFirst(source);
    }
    new AnnotatedBeanDefinitionReader((BeanDefinitionRegistry) context.getBeanFactory())
        .register(AgentTestConfiguration.class);
  }

  private boolean hasDatabase(ConfigurableApplicationContext context) {
    return database
        && ClassUtils.isPresent(
            "org.springframework.jdbc.core.JdbcTemplate", context.getClassLoader());
  }

  private static void addDatabase(Map<String, Object> properties, Class<?> testClass) {
    EmbeddedPostgreSql server = EmbeddedServers.postgreSql();
    String name = testClass.getSimpleName();
    String database =
        (name.length() > 40 ? name.substring(0, 40) : name) + "-" + CONTEXTS.incrementAndGet();
    properties.put("spring.datasource.url", server.createDatabase(database));
    properties.put("spring.datasource.username", server.username());
    properties.put("spring.datasource.password", server.password());
  }
}
