package io.eventagents.faults;

import io.eventagents.embedded.EmbeddedPostgreSql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The program {@code local}: all agents, the broker and the database in one process that can be
 * killed.
 */
final class LocalProcess implements AutoCloseable {

  private final Path directory;
  private final Path jar;
  private final int http = Loopback.freePort();
  private final int kafka = Loopback.freePort();
  private final int postgreSql = Loopback.freePort();
  private final MailServer mail = new MailServer();
  private final SlackWebhook slack = new SlackWebhook();
  private final Journal journal = new Journal();
  private final Seed seed;
  private @Nullable AgentProcess process;

  LocalProcess(Path directory, Seed seed) {
    this.directory = directory;
    this.seed = seed;
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.jar =
        Application.unpacked(Application.executable("local", ""), directory.resolve("program"));
    Runtime.getRuntime()
        .addShutdownHook(new Thread(this::stopDatabase, "no-orphaned-local-database"));
  }

  Journal journal() {
    return journal;
  }

  /** Starts clients. */
  TaskLoad load(String run, int perSecond) {
    return TaskLoad.start(new TaskClient(() -> List.of(http)), seed, journal, run, perSecond);
  }

  void start() {
    process =
        new AgentProcess(
            Application.ORCHESTRATOR,
            http,
            ChildProcess.java(
                "local",
                directory.resolve("local.log"),
                List.of(
                    "-Xmx768m",
                    "-jar",
                    jar.toString(),
                    "--local.directory=" + directory.resolve("data"),
                    "--server.port=" + http,
                    "--local.kafka.port=" + kafka,
                    "--local.postgresql.port=" + postgreSql,
                    "--spring.mail.host=" + Loopback.HOST,
                    "--spring.mail.port=" + mail.port(),
                    "--notification.email.read-timeout=3s",
                    "--notification.slack.webhook-url=" + slack.url(),
                    "--notification.slack.read-timeout=3s",
                    "--notification.teams.enabled=false",
                    "--notification.sms.enabled=false",
                    "--notification.push.enabled=false",
                    "--notification.webhook.enabled=false",
                    "--event-agents.retry.initial-delay=100ms",
                    "--event-agents.retry.max-delay=500ms",
                    "--scheduling.default-delay=3s")));
    process.awaitReady();
  }

  /**
   * Kills the process with SIGKILL. Its database server survives; the next start must deal with it.
   */
  void kill() {
    running().process().kill();
  }

  Landscape landscape() {
    return new Landscape(
        seed,
        journal,
        Loopback.HOST + ":" + kafka,
        "jdbc:postgresql://localhost:%d/event_agents?user=postgres&password=postgres"
            .formatted(postgreSql),
        List.of("event_agents"),
        mail,
        slack,
        directory.resolve("data").resolve("audit"),
        Set.of("notification-email", "notification-slack", "reminder-scheduler", "audit-log"));
  }

  private AgentProcess running() {
    if (process == null) {
      throw new IllegalStateException("local was never started");
    }
    return process;
  }

  private void stopDatabase() {
    if (process != null) {
      process.process().kill();
    }
    EmbeddedPostgreSql.stopOrphan(directory.resolve("data").resolve("postgresql"));
  }

  @Override
  public void close() {
    if (process != null && process.process().isAlive()) {
      process.process().terminate();
      process.process().awaitExit(Duration.ofSeconds(60));
    }
    stopDatabase();
    slack.close();
    mail.close();
    try {
      FileSystemUtils.deleteRecursively(directory.resolve("program"));
      FileSystemUtils.deleteRecursively(directory.resolve("data"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
