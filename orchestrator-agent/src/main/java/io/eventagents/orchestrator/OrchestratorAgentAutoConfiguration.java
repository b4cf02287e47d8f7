package io.eventagents.orchestrator;

import io.eventagents.DatabaseSchema;
import io.eventagents.EventPublisher;
import io.eventagents.EventPublishers;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The orchestrator agent: tasks over HTTP, and the events that tell what happened to them. */
@AutoConfiguration
public final class OrchestratorAgentAutoConfiguration {

  private static final String SOURCE = "orchestrator-agent";

  @Bean
  DatabaseSchema orchestratorSchema(DataSource dataSource) {
    return DatabaseSchema.migrate(dataSource, "orchestrator", "classpath:db/orchestrator");
  }

  @Bean
  EventPublisher<TaskEvent> taskEvents(EventPublishers publishers) {
    return publishers.create(SOURCE, TaskEvent.class);
  }

  @Bean
  Tasks orchestratorTasks(
      DataSource dataSource,
      DatabaseSchema orchestratorSchema,
      EventPublisher<TaskEvent> taskEvents,
      PlatformTransactionManager transactionManager,
      ObjectProvider<Clock> clock) {
    return new Tasks(
        new TaskStore(JdbcClient.create(dataSource)),
        taskEvents,
        new TransactionTemplate(transactionManager),
        clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  TaskController taskController(Tasks orchestratorTasks) {
    return new TaskController(orchestratorTasks);
  }
}
