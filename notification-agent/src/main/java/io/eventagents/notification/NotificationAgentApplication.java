package io.eventagents.notification;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** The notification agent as a program of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class NotificationAgentApplication {

  /** Starts the agent. Every setting can be given as {@code --name=value}. */
  public static void main(String[] arguments) {
    SpringApplication application = new SpringApplication(NotificationAgentApplication.class);
    // If applications share a database, each has an inbox and an outbox of its own.
    application.setDefaultProperties(
        Map.of(
            "spring.application.name",
            "notification-agent",
            "event-agents.database.schema",
            "notification"));
    application.run(arguments);
  }
}
