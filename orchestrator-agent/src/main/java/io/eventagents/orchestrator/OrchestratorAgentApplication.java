package io.eventagents.orchestrator;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** Runs the orchestrator agent as a program of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class OrchestratorAgentApplication {

  /** Starts it; every setting can be given as {@code --name=value}. */
  public static void main(String[] arguments) {
    SpringApplication application = new SpringApplication(OrchestratorAgentApplication.class);
    // Agents that share a database each have an inbox and an outbox of their own.
    application.setDefaultProperties(
        Map.of(
            "spring.application.name",
            "orchestrator-agent",
            "event-agents.database.schema",
            "orchestrator",
            // springdoc warns about its default
            "springdoc.api-docs.enabled",
            "true"));
    application.run(arguments);
  }
}
