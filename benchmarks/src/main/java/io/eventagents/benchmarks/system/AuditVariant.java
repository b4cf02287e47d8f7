package io.eventagents.benchmarks.system;

import java.util.List;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * The audit agent with or without its index: {@code --bench.index=false} removes the indexer. It
 * runs with the classes of the agent's executable jar.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class AuditVariant {

  /** The indexer, and the page that shows its progress. */
  private static final List<String> INDEX = List.of("auditIndexer", "auditEvidencePage");

  @Bean
  static BeanFactoryPostProcessor withoutIndex(Environment environment) {
    boolean index = environment.getProperty("bench.index", Boolean.class, true);
    return beans -> {
      if (!index) {
        INDEX.forEach(((BeanDefinitionRegistry) beans)::removeBeanDefinition);
      }
    };
  }

  /** Starts the application. Settings can be passed as {@code --name=value}. */
  public static void main(String[] arguments) {
    SpringApplication.run(AuditVariant.class, arguments);
  }
}
