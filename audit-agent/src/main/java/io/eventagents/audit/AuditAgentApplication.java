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
 * The audit agent as a standalone program. If the first argument is a command ({@code verify},
 * {@code state-break} or {@code reindex}), the program runs that instead.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class AuditAgentApplication {

  /**
   * Starts the agent, or runs the command that the first argument names and exits.
   *
   * @param args settings as {@code --name=value}, or a command and its arguments
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
    // Log lines would stand between the verdicts.
    LoggingSystem.get(AuditAgentApplication.class.getClassLoader()).beforeInitialize();
    System.exit(command.applyAsInt(List.of(args).subList(1, args.length)));
  }

  private static void runAgent(String[] args) {
    SpringApplication application = new SpringApplication(AuditAgentApplication.class);
    // Agents that share a database each have an inbox and an outbox of their own.
    application.setDefaultProperties(
        Map.of("spring.application.name", "audit-agent", "event-agents.database.schema", "audit"));
    application.run(args);
  }
}
