package io.eventagents.audit.erasure;

import io.eventagents.DatabaseSchema;
import io.eventagents.EventPublisher;
import io.eventagents.EventPublishers;
import io.eventagents.audit.archive.RemovedFiles;
import io.eventagents.audit.index.RecordIndex;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.LogDirectory;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The beans of erasures. */
@Configuration(proxyBeanMethods = false)
public class ErasureConfiguration {

  private static final String SOURCE = "audit-agent";

  @Bean
  EventPublisher<ErasureEvent> auditErasureEvents(EventPublishers publishers) {
    return publishers.create(SOURCE, ErasureEvent.class);
  }

  @Bean
  ErasureStore auditErasureStore(
      JdbcClient jdbc,
      DatabaseSchema auditSchema,
      PlatformTransactionManager transactions,
      EventPublisher<ErasureEvent> auditErasureEvents,
      LogDirectory auditLogDirectory,
      ObjectProvider<Clock> clock) {
    return new ErasureStore(
        jdbc,
        auditSchema,
        new TransactionTemplate(transactions),
        auditErasureEvents,
        auditLogDirectory.id(),
        clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  ErasureRunner auditErasureRunner(
      LogDirectory auditLogDirectory,
      AuditLog auditLog,
      ObjectProvider<RemovedFiles> removed,
      RecordIndex auditIndex,
      ErasureStore auditErasureStore) {
    return new ErasureRunner(
        auditErasureStore,
        new ErasureWork(
            auditLogDirectory,
            auditLog,
            removed.getIfAvailable(() -> RemovedFiles.NONE),
            auditIndex,
            auditErasureStore));
  }

  @Bean
  ErasureController auditErasureController(
      ErasureStore auditErasureStore,
      ErasureRunner auditErasureRunner,
      LogDirectory auditLogDirectory,
      AuditLog auditLog,
      ObjectProvider<RemovedFiles> removed) {
    return new ErasureController(
        auditErasureStore,
        auditErasureRunner,
        new DryRuns(auditLogDirectory, auditLog, removed.getIfAvailable(() -> RemovedFiles.NONE)));
  }
}
