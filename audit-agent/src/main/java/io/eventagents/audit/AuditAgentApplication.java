package io.eventagents.audit;

import io.eventagents.audit.verification.StateBreakCommand;
import io.eventagents.audit.verification.VerifyCommand;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.logging.LoggingSystem;

/**
 * The audit agent as a program of its own. With a command as the first argument, {@code verify},
 * {@code state-break} or {@code reindex}, that is run instead.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class AuditAgentApplication {

  /**
   * Starts it; with a command as the first argument, runs that and ends.
   *
   * @param args settings, as {@code --name=value}, behind the command
   */
  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals(VerifyCommand.NAME)) {
      // What is logged would stand between the verdicts.
      LoggingSystem.get(AuditAgentApplication.class.getClassLoader()).beforeInitialize();
      List<String> arguments = List.of(args).subList(1, args.length);
      System.exit(new VerifyCommand(System.out, System.err, Clock.systemUTC()).run(arguments));
    }
    if (args.length > 0 && args[0].equals(StateBreakCommand.NAME)) {
      LoggingSystem.get(AuditAgentApplication.class.getClassLoader()).beforeInitialize();
      List<String> arguments = List.of(args).subList(1, args.length);
      System.exit(new StateBreakCommand(System.out, System.err, Clock.systemUTC()).run(arguments));
    }
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
