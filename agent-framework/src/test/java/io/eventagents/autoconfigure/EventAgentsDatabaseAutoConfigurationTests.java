package io.eventagents.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.DatabaseSchema;
import io.eventagents.IncompatibleSchema;
import io.eventagents.database.DatabaseHealthIndicator;
import io.eventagents.database.DatabaseMetrics;
import io.eventagents.database.DatabaseWrites;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.inbox.Inbox;
import io.eventagents.inbox.InboxCleaner;
import io.eventagents.inbox.InboxProperties;
import io.eventagents.observation.EventTraces;
import io.eventagents.outbox.Outbox;
import io.eventagents.outbox.OutboxHealthIndicator;
import io.eventagents.outbox.OutboxMetrics;
import io.eventagents.outbox.OutboxProperties;
import io.eventagents.outbox.OutboxRelay;
import io.eventagents.outbox.RelayState;
import io.eventagents.send.RecordSender;
import io.eventagents.wire.EventWriter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

class EventAgentsDatabaseAutoConfigurationTests {

  private static final RecordSender REFUSES_ALL =
      record -> CompletableFuture.failedFuture(new RecordTooLargeException("too large"));

  private final ApplicationContextRunner withoutDatabase =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(EventAgentsDatabaseAutoConfiguration.class))
          .withBean(EventWriter.class)
          .withBean(EventTraces.class, EventTraces::handedOn)
          .withBean("outboxRecordSender", RecordSender.class, () -> REFUSES_ALL);

  private final ApplicationContextRunner withDatabase =
      withoutDatabase
          .withConfiguration(
              AutoConfigurations.of(
                  DataSourceAutoConfiguration.class,
                  DataSourceTransactionManagerAutoConfiguration.class))
          .withPropertyValues(
              "spring.datasource.url="
                  + EmbeddedServers.postgreSql().createDatabase("autoconfiguration"),
              "spring.datasource.username=" + EmbeddedServers.postgreSql().username());

  @Test
  void setsUpInboxAndOutboxWhereThereIsADatabase() {
    withDatabase.run(
        context -> {
          assertThat(context)
              .hasNotFailed()
              .hasSingleBean(Inbox.class)
              .hasSingleBean(Outbox.class)
              .hasSingleBean(OutboxMetrics.class)
              .hasBean("outboxHealthIndicator");
          assertThat(context.getBean(OutboxRelay.class).isRunning()).isTrue();
          assertThat(context.getBean(InboxCleaner.class).isRunning()).isTrue();
          assertThat(context.getBean(FrameworkSchema.class).name()).isEqualTo("event_agents");
          assertThat(context.getBean(InboxProperties.class))
              .isEqualTo(new InboxProperties(Duration.ofDays(14), Duration.ofMinutes(10)));
          assertThat(context.getBean(OutboxProperties.class))
              .isEqualTo(
                  new OutboxProperties(Duration.ofMillis(500), 1_000, DataSize.ofMegabytes(8)));
        });
  }

  @Test
  void showsWhatWaitsInGaugesAndHealth() {
    withDatabase
        .withPropertyValues("event-agents.database.schema=shown")
        .run(
            context -> {
              write(context, "a", "a", "b");
              OutboxRelay relay = context.getBean(OutboxRelay.class);
              await().until(() -> relay.state() == RelayState.SENDING);
              Outbox outbox = context.getBean(Outbox.class);
              await().until(() -> outbox.backlog().held() == 1);
              MeterRegistry registry = new SimpleMeterRegistry();
              context.getBean(OutboxMetrics.class).bindTo(registry);
              Health health = context.getBean(OutboxHealthIndicator.class).health();

              assertThat(gauge(registry, "event.agents.outbox.backlog")).isEqualTo(1);
              assertThat(gauge(registry, "event.agents.outbox.parked")).isEqualTo(2);
              assertThat(gauge(registry, "event.agents.outbox.oldest.age")).isZero();
              assertThat(health.getStatus()).isEqualTo(Status.DOWN);
              assertThat(health.getDetails())
                  .containsEntry("relay", "sending")
                  .containsEntry("backlog", 1L)
                  .containsEntry("oldest_age_seconds", 0L)
                  .containsEntry("held", 1L)
                  .containsEntry("parked", 2L);
            });
  }

  @Test
  void saysInGaugeAndHealthThatTheDatabaseRefusesWhatIsWritten() {
    withDatabase
        .withPropertyValues("event-agents.database.schema=refusing")
        .run(
            context -> {
              DatabaseWrites writes = context.getBean(DatabaseWrites.class);
              DatabaseHealthIndicator indicator = context.getBean(DatabaseHealthIndicator.class);
              MeterRegistry registry = new SimpleMeterRegistry();
              context.getBean(DatabaseMetrics.class).bindTo(registry);
              assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
              JdbcClient jdbc = JdbcClient.create(context.getBean(DataSource.class));
              jdbc.sql("ALTER TABLE refusing.inbox ADD CONSTRAINT none CHECK (false)").update();

              writes.failed(new SQLException("read-only", "25006"));
              assertThat(writes.areInDoubt()).isTrue();
              await().until(() -> writes.refusal().isPresent());

              Health health = indicator.health();
              assertThat(health.getStatus()).isEqualTo(Status.DOWN);
              assertThat(health.getDetails())
                  .containsEntry("sql_state", "23514")
                  .containsKeys("reason", "message", "since");
              assertThat(gauge(registry, "event.agents.database.refuses")).isOne();
              jdbc.sql("ALTER TABLE refusing.inbox DROP CONSTRAINT none").update();
              await().atMost(Duration.ofSeconds(20)).until(() -> writes.refusal().isEmpty());
              assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
              assertThat(gauge(registry, "event.agents.database.refuses")).isZero();
              assertThat(jdbc.sql("SELECT count(*) FROM refusing.inbox").query(Long.class).single())
                  .isZero();
            });
  }

  @Test
  void sharesASchemaWithTheApplicationsOwnTables() {
    withDatabase
        .withPropertyValues("event-agents.database.schema=shared")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              // The application's tables come after the framework's here, and before them below.
              DatabaseSchema.migrate(
                  context.getBean(DataSource.class), "shared", "classpath:db/orders");
            });
    withDatabase.run(
        context ->
            DatabaseSchema.migrate(
                context.getBean(DataSource.class), "shared_later", "classpath:db/orders"));
    withDatabase
        .withPropertyValues("event-agents.database.schema=shared_later")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(tables(context, "shared")).isEqualTo(tables(context, "shared_later"));
              assertThat(tables(context, "shared")).contains("inbox", "outbox", "orders");
            });
  }

  @Test
  void refusesTablesThatANewerFrameworkHasChangedTooFar() {
    withDatabase
        .withPropertyValues("event-agents.database.schema=of_a_newer_one")
        .run(
            context ->
                JdbcClient.create(context.getBean(DataSource.class))
                    .sql(
                        """
                        INSERT INTO of_a_newer_one.event_agents_schema_history
                          (installed_rank, version, description, type, script, installed_by, execution_time, success)
                        VALUES (99, '99', 'one table less needs 98', 'SQL', 'V99.sql', 'test', 1, true)
                        """)
                    .update());
    withDatabase
        .withPropertyValues("event-agents.database.schema=of_a_newer_one")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(IncompatibleSchema.class)
                    .hasMessageContaining("has brought the schema of_a_newer_one to version 99"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"; DROP TABLE tasks; --", "1st", "pg_agents", "Agents", "a-b"})
  void refusesASchemaNameThatIsNone(String schema) {
    withDatabase
        .withPropertyValues("event-agents.database.schema=" + schema)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("event-agents.database.schema is '" + schema + "'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event-agents.inbox.retention=0s",
        "event-agents.inbox.cleaning-interval=-1m",
        "event-agents.outbox.poll-interval=0ms",
        "event-agents.outbox.batch-size=0",
        "event-agents.outbox.batch-bytes=0B"
      })
  void refusesSettingsThatMakeNoSense(String setting) {
    String name = setting.substring(0, setting.indexOf('='));
    withDatabase
        .withPropertyValues(setting)
        .run(
            context ->
                assertThat(context).getFailure().rootCause().hasMessageStartingWith(name + " is"));
  }

  @Test
  void leavesAllOutWhereItIsSwitchedOff() {
    withDatabase
        .withPropertyValues("event-agents.database.enabled=false")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Inbox.class));
  }

  @Test
  void leavesAllOutWithoutADatabase() {
    withoutDatabase.run(
        context -> assertThat(context).hasNotFailed().doesNotHaveBean(Outbox.class));
  }

  @Test
  void doesWithoutMetricsAndHealth() {
    withDatabase
        .withClassLoader(
            new FilteredClassLoader("io.micrometer.core", "org.springframework.boot.health"))
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(Outbox.class)
                    .doesNotHaveBean("outboxHealthIndicator"));
  }

  private static void write(ApplicationContext context, String... keys) {
    List<ProducerRecord<byte[], byte[]>> records =
        java.util.Arrays.stream(keys)
            .map(
                key ->
                    new ProducerRecord<>("task-events", key.getBytes(UTF_8), key.getBytes(UTF_8)))
            .toList();
    new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
        .executeWithoutResult(status -> context.getBean(Outbox.class).write(records));
  }

  private static double gauge(MeterRegistry registry, String name) {
    return registry.get(name).gauge().value();
  }

  private static List<@Nullable String> tables(ApplicationContext context, String schema) {
    return JdbcClient.create(context.getBean(DataSource.class))
        .sql("SELECT table_name FROM information_schema.tables WHERE table_schema = ? ORDER BY 1")
        .param(schema)
        .query(String.class)
        .list();
  }
}
