package io.eventagents.audit;

import io.eventagents.audit.verification.StateBreakCommand;
import io.eventagents.audit.verification.VerifyCommand;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
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
    switch (args.length == 0 ? "" : args[0]) {
      case VerifyCommand.NAME ->
          run(new VerifyCommand(System.out, System.err, Clock.systemUTC())::run, args);
      case StateBreakCommand.NAME ->
          run(new StateBreakCommand(System.out, System.err, Clock.systemUTC())::run, args);
      case ReindexCommand.NAME ->
          System.exit(ReindexCommand.run(Arrays.copyOfRange(args, 1, args.length), System.out));
      default -> runAgent(args);
    }
  }

  private static void run(ToIntFunction<List<String>> command, String[] args) {
    // What is logged would stand between the verdicts.
    LoggingSystem.get(AuditAgentApplication.class.getClassLoader()).beforeInitialize();
    System.exit(command.applyAsInt(List.of(args).subList(1, args.length)));
  }

  private static void runAgent(String[] args) {
    SpringApplication application = new SpringApplication(AuditAgentApplication.class);
    // Beside others in one database, each has an inbox and an outbox of its own.
    application.setDefaultProperties(
        Map.of("spring.application.name", "audit-agent", "event-agents.database.schema", "audit"));
    application.run(args);
  }
}
