package io.eventagents.audit;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** The audit agent as a program of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class AuditAgentApplication {

  /** Starts it. */
  public static void main(String[] args) {
    SpringApplication application = new SpringApplication(AuditAgentApplication.class);
    // Beside others in one database, each has an inbox and an outbox of its own.
    application.setDefaultProperties(
        Map.of("spring.application.name", "audit-agent", "event-agents.database.schema", "audit"));
    application.run(args);
  }
}
