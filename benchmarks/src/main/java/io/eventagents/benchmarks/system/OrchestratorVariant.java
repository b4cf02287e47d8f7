package io.eventagents.benchmarks.system;

import io.eventagents.Cause;
import io.eventagents.Event;
import io.eventagents.EventMetadata;
import io.eventagents.EventPublisher;
import java.time.Instant;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * The orchestrator agent with or without its outbox: {@code --bench.outbox=false} replaces the
 * publisher by one that writes nothing. It runs with the classes of the agent's executable jar.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class OrchestratorVariant {

  private static final class Silent implements EventPublisher<Object> {
    @Override
    public <P> Event<P> publish(P payload, Cause cause) {
      return new Event<>(
          "none", "none", Instant.EPOCH, payload, new EventMetadata("none", "none", "none"));
    }
  }

  @Bean
  static BeanPostProcessor publishers(Environment environment) {
    boolean outbox = environment.getProperty("bench.outbox", Boolean.class, true);
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof EventPublisher && !outbox ? new Silent() : bean;
      }
    };
  }

  /** Starts the application. Settings can be passed as {@code --name=value}. */
  public static void main(String[] arguments) {
    SpringApplication.run(OrchestratorVariant.class, arguments);
  }
}
