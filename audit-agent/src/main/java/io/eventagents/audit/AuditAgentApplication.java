package io.eventagents.audit;

import java.util.Arrays;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** The audit agent as a program of its own, or one of its commands. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class AuditAgentApplication {

  /**
   * Starts it; with a command as the first argument, runs that and ends.
   *
   * @param args settings, as {@code --name=value}, behind the command
   */
  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals(ReindexCommand.NAME)) {
      System.exit(ReindexCommand.run(Arrays.copyOfRange(args, 1, args.length), System.out));
    }
    SpringApplication application = new SpringApplication(AuditAgentApplication.class);
    // Beside others in one database, each has an inbox and an outbox of its own.
    application.setDefaultProperties(
        Map.of("spring.application.name", "audit-agent", "event-agents.database.schema", "audit"));
    application.run(args);
  }
}
