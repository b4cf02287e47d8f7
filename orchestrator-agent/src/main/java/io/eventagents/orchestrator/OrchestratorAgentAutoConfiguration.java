package io.eventagents.orchestrator;

import io.eventagents.DatabaseSchema;
import io.eventagents.EventPublisher;
import io.eventagents.EventPublishers;
import io.eventagents.background.BackgroundLoop;
import io.eventagents.background.BackgroundService;
import io.eventagents.orchestrator.followup.FollowUpAgent;
import io.eventagents.orchestrator.followup.FollowUpDeadlines;
import io.eventagents.orchestrator.followup.FollowUpMissed;
import io.eventagents.orchestrator.followup.FollowUpProperties;
import io.eventagents.orchestrator.followup.FollowUpRules;
import io.eventagents.orchestrator.followup.FollowUpStore;
import io.eventagents.orchestrator.followup.FollowUpWatchProperties;
import io.eventagents.orchestrator.followup.FollowUps;
import io.eventagents.orchestrator.http.IdempotencyKeys;
import io.eventagents.orchestrator.http.IdempotencyProperties;
import io.eventagents.orchestrator.http.PreconditionProperties;
import io.eventagents.orchestrator.http.TaskApiDocument;
import io.eventagents.orchestrator.http.TaskController;
import io.eventagents.orchestrator.http.TaskProblems;
import io.eventagents.orchestrator.task.TaskEvent;
import io.eventagents.orchestrator.task.TaskHistory;
import io.eventagents.orchestrator.task.TaskPublication;
import io.eventagents.orchestrator.task.TaskStore;
import io.eventagents.orchestrator.task.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The orchestrator agent: tasks over HTTP, and events about them. */
@AutoConfiguration
@EnableConfigurationProperties({
  PreconditionProperties.class,
  IdempotencyProperties.class,
  FollowUpProperties.class,
  FollowUpWatchProperties.class
})
public final class OrchestratorAgentAutoConfiguration {

  private static final String SOURCE = "orchestrator-agent";
  private static final Duration PURGE_INTERVAL = Duration.ofMinutes(10);

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Clock clock;

  OrchestratorAgentAutoConfiguration(
      DataSource dataSource,
      PlatformTransactionManager transactionManager,
      ObjectProvider<Clock> clock) {
    this.jdbc = JdbcClient.create(dataSource);
    this.transactions = new TransactionTemplate(transactionManager);
    this.clock = clock.getIfUnique(Clock::systemUTC);
  }

  @Bean
  DatabaseSchema orchestratorSchema(DataSource dataSource, Environment environment) {
    return DatabaseSchema.migrate(
        dataSource, "orchestrator", "classpath:db/orchestrator", environment);
  }

  /** Static, so that the catalog of events needs no database to make it. */
  @Bean
  static EventPublisher<TaskEvent> taskEvents(EventPublishers publishers) {
    return publishers.create(SOURCE, TaskEvent.class);
  }

  @Bean
  TaskHistory orchestratorTaskHistory(DatabaseSchema orchestratorSchema) {
    return new TaskHistory(jdbc);
  }

  @Bean
  FollowUpRules orchestratorFollowUpRules(FollowUpProperties properties) {
    return new FollowUpRules(properties.followUps());
  }

  @Bean
  FollowUpStore orchestratorFollowUpStore(DatabaseSchema orchestratorSchema) {
    return new FollowUpStore(jdbc);
  }

  @Bean
  FollowUps orchestratorExpectations(
      FollowUpRules rules, FollowUpStore store, FollowUpWatchProperties settings) {
    return new FollowUps(rules, store, settings.maxAge(), clock);
  }

  @Bean
  Tasks orchestratorTasks(
      DatabaseSchema orchestratorSchema,
      EventPublisher<TaskEvent> taskEvents,
      TaskHistory history,
      FollowUps followUps) {
    return new Tasks(
        new TaskStore(jdbc),
        new TaskPublication(taskEvents, history, followUps::awaitAfterPublished),
        transactions,
        clock);
  }

  @Bean
  IdempotencyKeys orchestratorRepeats(
      DatabaseSchema orchestratorSchema, IdempotencyProperties settings) {
    return new IdempotencyKeys(jdbc, transactions, settings, clock);
  }

  @Bean
  BackgroundService orchestratorPurge(
      IdempotencyKeys keys, FollowUpStore followUps, FollowUpWatchProperties settings) {
    return new BackgroundService(
        BackgroundLoop.named("orchestrator-purge")
            .firstAfter(PURGE_INTERVAL)
            .every(
                PURGE_INTERVAL,
                () -> {
                  keys.purge();
                  Instant now = clock.instant();
                  followUps.purge(now.minus(settings.retention()), now.minus(settings.maxAge()));
                  return false;
                }));
  }

  @Bean
  TaskController taskController(
      Tasks orchestratorTasks,
      IdempotencyKeys keys,
      TaskHistory history,
      FollowUpStore followUps,
      PreconditionProperties settings) {
    return new TaskController(
        orchestratorTasks, keys, history, followUps, settings.requireIfMatch());
  }

  @Bean
  TaskProblems taskProblems() {
    return new TaskProblems();
  }

  @Bean
  TaskApiDocument taskApiDocument() {
    return new TaskApiDocument();
  }

  /** Only if the settings name a follow-up. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("orchestrator.follow-ups[0].after")
  static class Following {

    @Bean
    FollowUpAgent orchestratorFollowUps(FollowUps followUps) {
      return new FollowUpAgent(followUps);
    }

    @Bean
    EventPublisher<FollowUpMissed> followUpEvents(EventPublishers publishers) {
      return publishers.create(FollowUpAgent.NAME, FollowUpMissed.class);
    }

    @Bean
    FollowUpDeadlines orchestratorFollowUpDeadlines(
        FollowUpRules rules,
        FollowUpStore store,
        EventPublisher<FollowUpMissed> followUpEvents,
        PlatformTransactionManager transactionManager,
        ObjectProvider<Clock> clock) {
      return new FollowUpDeadlines(
          rules,
          store,
          followUpEvents,
          new TransactionTemplate(transactionManager),
          clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    BackgroundService orchestratorFollowUpWatch(
        FollowUpDeadlines deadlines, FollowUpWatchProperties settings) {
      return new BackgroundService(
          BackgroundLoop.named(FollowUpAgent.NAME)
              .firstAfter(settings.startDelay())
              .every(
                  settings.pollInterval(),
                  () -> {
                    deadlines.tellMissed();
                    return false;
                  }));
    }
  }
}
