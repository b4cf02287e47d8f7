package io.eventagents.orchestrator;

import io.eventagents.DatabaseSchema;
import io.eventagents.EventPublisher;
import io.eventagents.EventPublishers;
import io.eventagents.background.BackgroundService;
import io.eventagents.orchestrator.followup.FollowUpAgent;
import io.eventagents.orchestrator.followup.FollowUpDeadlines;
import io.eventagents.orchestrator.followup.FollowUpMissed;
import io.eventagents.orchestrator.followup.FollowUpRules;
import io.eventagents.orchestrator.followup.FollowUpStore;
import io.eventagents.orchestrator.followup.FollowUpWatchProperties;
import io.eventagents.orchestrator.followup.FollowUps;
import io.eventagents.orchestrator.followup.FollowUpsExpected;
import io.eventagents.orchestrator.http.IdempotencyKeys;
import io.eventagents.orchestrator.http.IdempotencyProperties;
import io.eventagents.orchestrator.http.TaskApiDocument;
import io.eventagents.orchestrator.http.TaskController;
import io.eventagents.orchestrator.http.TaskProblems;
import io.eventagents.orchestrator.task.TaskEvent;
import io.eventagents.orchestrator.task.TaskHistory;
import io.eventagents.orchestrator.task.TaskPublication;
import io.eventagents.orchestrator.task.TaskStore;
import io.eventagents.orchestrator.task.Tasks;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The orchestrator agent: tasks over HTTP, and the events that tell what happened to them. */
@AutoConfiguration
@EnableConfigurationProperties({
  OrchestratorProperties.class,
  IdempotencyProperties.class,
  FollowUpWatchProperties.class
})
public final class OrchestratorAgentAutoConfiguration {

  private static final String SOURCE = "orchestrator-agent";

  @Bean
  DatabaseSchema orchestratorSchema(DataSource dataSource, Environment environment) {
    return DatabaseSchema.migrate(
        dataSource, "orchestrator", "classpath:db/orchestrator", environment);
  }

  @Bean
  EventPublisher<TaskEvent> taskEvents(EventPublishers publishers) {
    return publishers.create(SOURCE, TaskEvent.class);
  }

  @Bean
  TaskHistory orchestratorTaskHistory(DataSource dataSource, DatabaseSchema orchestratorSchema) {
    return new TaskHistory(JdbcClient.create(dataSource));
  }

  @Bean
  FollowUpRules orchestratorFollowUpRules(OrchestratorProperties properties) {
    return new FollowUpRules(properties.followUps());
  }

  @Bean
  FollowUpStore orchestratorFollowUpStore(
      DataSource dataSource, DatabaseSchema orchestratorSchema) {
    return new FollowUpStore(JdbcClient.create(dataSource));
  }

  @Bean
  FollowUps orchestratorExpectations(
      FollowUpRules rules,
      FollowUpStore store,
      FollowUpWatchProperties settings,
      ObjectProvider<Clock> clock) {
    return new FollowUps(rules, store, settings.maxAge(), clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  Tasks orchestratorTasks(
      DataSource dataSource,
      DatabaseSchema orchestratorSchema,
      EventPublisher<TaskEvent> taskEvents,
      TaskHistory history,
      FollowUps followUps,
      PlatformTransactionManager transactionManager,
      ObjectProvider<Clock> clock) {
    return new Tasks(
        new TaskStore(JdbcClient.create(dataSource)),
        new TaskPublication(taskEvents, history, followUps::awaitAfterPublished),
        new TransactionTemplate(transactionManager),
        clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  IdempotencyKeys orchestratorRepeats(
      DataSource dataSource,
      DatabaseSchema orchestratorSchema,
      PlatformTransactionManager transactionManager,
      IdempotencyProperties settings,
      ObjectProvider<Clock> clock) {
    return new IdempotencyKeys(
        JdbcClient.create(dataSource),
        new TransactionTemplate(transactionManager),
        settings,
        clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  BackgroundService orchestratorPurge(
      IdempotencyKeys repeats,
      FollowUpStore followUps,
      FollowUpWatchProperties settings,
      ObjectProvider<Clock> clock) {
    Retention purge =
        new Retention(repeats, followUps, settings, clock.getIfUnique(Clock::systemUTC));
    return Rounds.of("orchestrator-purge", Retention.INTERVAL, Retention.INTERVAL, purge::dropOld);
  }

  @Bean
  TaskController taskController(
      Tasks orchestratorTasks,
      IdempotencyKeys repeats,
      TaskHistory history,
      FollowUpStore followUps,
      OrchestratorProperties properties) {
    return new TaskController(
        orchestratorTasks, repeats, history, followUps, properties.requireIfMatch());
  }

  @Bean
  TaskProblems taskProblems() {
    return new TaskProblems();
  }

  @Bean
  TaskApiDocument taskApiDocument() {
    return new TaskApiDocument();
  }

  /** Where something should follow something. */
  @Configuration(proxyBeanMethods = false)
  @Conditional(FollowUpsExpected.class)
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
      return Rounds.of(
          FollowUpAgent.NAME,
          settings.startDelay(),
          settings.pollInterval(),
          deadlines::tellMissed);
    }
  }
}
