package io.eventagents.faults;

import io.eventagents.embedded.EmbeddedPostgreSql;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings that the applications of a system are started with. */
final class ApplicationSettings {

  private static final Duration CLOCK_OFFSET = Duration.ofMinutes(10);

  private final KafkaServer kafka;
  private final EmbeddedPostgreSql postgreSql;
  private final String databaseUrl;
  private final String detourUrl;
  private final MailServer mail;
  private final SlackWebhook slack;
  private final Path auditLog;
  private final Seed seed;
  private final @Nullable Application offClock;

  /**
   * @param databaseUrl the database of all applications
   * @param detourUrl the same database through a proxy
   * @param auditLog the directory of the audit log
   * @param offClock the application whose clock is wrong by ten minutes, in a direction that the
   *     seed decides; null for none
   */
  ApplicationSettings(
      KafkaServer kafka,
      EmbeddedPostgreSql postgreSql,
      String databaseUrl,
      String detourUrl,
      MailServer mail,
      SlackWebhook slack,
      Path auditLog,
      Seed seed,
      @Nullable Application offClock) {
    this.kafka = kafka;
    this.postgreSql = postgreSql;
    this.databaseUrl = databaseUrl;
    this.detourUrl = detourUrl;
    this.mail = mail;
    this.slack = slack;
    this.auditLog = auditLog;
    this.seed = seed;
    this.offClock = offClock;
  }

  /**
   * The arguments of an application.
   *
   * @param ways the ways in which it reaches servers, if not directly
   */
  List<String> of(Application application, Set<Way> ways) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "--spring.datasource.url="
                    + (ways.contains(Way.DATABASE_DETOUR) ? detourUrl : databaseUrl),
                "--spring.datasource.username=" + postgreSql.username(),
                "--spring.datasource.password=" + postgreSql.password(),
                "--spring.datasource.hikari.maximum-pool-size=6",
                "--spring.datasource.hikari.minimum-idle=1",
                "--spring.datasource.hikari.connection-timeout=5000",
                "--event-agents.database.schema=" + application.schema(),
                "--event-agents.topics.partitions=4",
                "--event-agents.retry.attempts=4",
                "--event-agents.retry.initial-delay=100ms",
                "--event-agents.retry.max-delay=500ms",
                // So that new partitions are found sooner.
                "--spring.cloud.stream.kafka.binder.configuration.metadata.max.age.ms=3000"));
    settings.addAll(broker(ways));
    if (application == offClock) {
      settings.add("--faults.clock-offset=" + clockOffset());
    }
    switch (application) {
      case NOTIFICATION ->
          settings.addAll(
              List.of(
                  "--spring.mail.host=" + Loopback.HOST,
                  "--spring.mail.port=" + mail.port(),
                  "--notification.email.connect-timeout=5s",
                  "--notification.email.read-timeout=10s",
                  "--notification.slack.webhook-url=" + slack.url(),
                  "--notification.slack.connect-timeout=5s",
                  "--notification.slack.read-timeout=10s"));
      case SCHEDULING ->
          settings.addAll(
              List.of("--scheduling.default-delay=3s", "--scheduling.poll-interval=1s"));
      case AUDIT -> settings.add("--audit.directory=" + auditLog);
      case ORCHESTRATOR, RECEIPTS -> {}
    }
    return settings;
  }

  private List<String> broker(Set<Way> ways) {
    return ways.contains(Way.GUARDED_BROKER)
        ? kafka.guard().applicationSettings()
        : List.of(
            "--spring.kafka.bootstrap-servers="
                + (ways.contains(Way.SLOW_BROKER)
                    ? kafka.slowBootstrapServers()
                    : kafka.bootstrapServers()));
  }

  private Duration clockOffset() {
    return seed.random("clock offset").nextBoolean() ? CLOCK_OFFSET : CLOCK_OFFSET.negated();
  }
}
