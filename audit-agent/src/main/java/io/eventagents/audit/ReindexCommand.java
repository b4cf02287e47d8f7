package io.eventagents.audit;

import io.eventagents.DatabaseSchema;
import io.eventagents.audit.index.RecordIndex;
import io.eventagents.audit.index.Reindexing;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogDirectoryUnusable;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * {@code java -jar audit-agent-exec.jar reindex}: rebuilds the index from the log while no agent
 * uses it. It takes the settings of the agent. While an agent runs, {@code POST /audit/reindex}
 * does the same.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
  DataSourceAutoConfiguration.class,
  DataSourceTransactionManagerAutoConfiguration.class,
  JdbcTemplateAutoConfiguration.class
})
@EnableConfigurationProperties(LogSettings.class)
class ReindexCommand {

  static final String NAME = "reindex";

  private static final Duration BETWEEN_PROGRESS = Duration.ofSeconds(2);

  /**
   * Runs the command.
   *
   * @param arguments settings, as {@code --name=value}
   * @param out where the progress is printed
   * @return the exit code: 0 if the whole index was made, 1 if not
   */
  static int run(String[] arguments, PrintStream out) {
    SpringApplication application = new SpringApplication(ReindexCommand.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setDefaultProperties(
        Map.of(
            "spring.main.banner-mode", "off",
            "spring.main.log-startup-info", "false",
            "logging.level.root", "WARN"));
    try (ConfigurableApplicationContext context = application.run(arguments)) {
      return reindex(context.getBean(Reindexing.class), out);
    } catch (IOException e) {
      out.println("The log cannot be read: " + e.getMessage());
      return 1;
    } catch (RuntimeException e) {
      out.println("The index is not made: " + reason(e));
      return 1;
    }
  }

  private static int reindex(Reindexing reindexing, PrintStream out) throws IOException {
    Thread told = Thread.ofVirtual().unstarted(() -> tell(reindexing, out));
    told.start();
    try {
      reindexing.run();
    } finally {
      told.interrupt();
    }
    out.println(line(reindexing.progress()));
    return 0;
  }

  private static void tell(Reindexing reindexing, PrintStream out) {
    try {
      while (true) {
        Thread.sleep(BETWEEN_PROGRESS);
        out.println(line(reindexing.progress()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String line(Reindexing.Progress progress) {
    return "%s: %,d records, %,d of %,d bytes of the log"
        .formatted(
            progress.state() == Reindexing.State.DONE ? "The index is made" : "Making the index",
            progress.records(),
            progress.bytes(),
            progress.ofBytes());
  }

  private static String reason(Throwable e) {
    Throwable root = e;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof LogDirectoryUnusable unusable) {
        return "%s %s POST /audit/reindex does the same while an agent runs."
            .formatted(unusable.getMessage(), unusable.action());
      }
      if (cause instanceof SQLException refused) {
        return String.valueOf(refused.getMessage());
      }
      root = cause;
    }
    return String.valueOf(root.getMessage());
  }

  @Bean
  LogDirectory auditLogDirectory(LogSettings settings) {
    return LogDirectory.open(settings.directory());
  }

  @Bean
  DatabaseSchema auditSchema(DataSource dataSource, Environment environment) {
    return DatabaseSchema.migrate(dataSource, "audit", "classpath:db/audit", environment);
  }

  @Bean
  Reindexing auditReindexing(
      LogDirectory auditLogDirectory,
      JdbcTemplate jdbc,
      PlatformTransactionManager transactions,
      DatabaseSchema auditSchema) {
    return new Reindexing(
        auditLogDirectory, new RecordIndex(jdbc, transactions, auditSchema), Clock.systemUTC());
  }
}
