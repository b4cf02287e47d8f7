package io.eventagents.scheduling;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** Runs the scheduling agent as a program of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class SchedulingAgentApplication {

  /** Starts it; every setting can be given as {@code --name=value}. */
  public static void main(String[] arguments) {
    SpringApplication application = new SpringApplication(SchedulingAgentApplication.class);
    // Agents that share a database each have an inbox and an outbox of their own.
    application.setDefaultProperties(
        Map.of(
            "spring.application.name",
            "scheduling-agent",
            "event-agents.database.schema",
            "scheduling"));
    application.run(arguments);
  }
}
