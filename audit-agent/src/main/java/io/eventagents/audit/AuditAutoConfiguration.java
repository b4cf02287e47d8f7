package io.eventagents.audit;

import io.eventagents.Agent;
import io.eventagents.Broker;
import io.eventagents.DatabaseSchema;
import io.eventagents.audit.answer.AnswerRoom;
import io.eventagents.audit.chain.ChainConfiguration;
import io.eventagents.audit.chain.ChainSettings;
import io.eventagents.audit.console.ConsoleConfiguration;
import io.eventagents.audit.erasure.ErasureConfiguration;
import io.eventagents.audit.evidence.CheckpointConfiguration;
import io.eventagents.audit.evidence.LogMeters;
import io.eventagents.audit.evidence.VerificationConfiguration;
import io.eventagents.audit.index.Calls;
import io.eventagents.audit.index.ChainOutlines;
import io.eventagents.audit.index.ChainQueries;
import io.eventagents.audit.index.IndexCheck;
import io.eventagents.audit.index.Indexer;
import io.eventagents.audit.index.RecordIndex;
import io.eventagents.audit.index.RecordQueries;
import io.eventagents.audit.index.Reindexing;
import io.eventagents.audit.index.Search;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.BrokerGapReasons;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.RivalLogs;
import io.eventagents.audit.proof.Checkpoints;
import io.eventagents.audit.retention.ArchiveConfiguration;
import io.eventagents.audit.web.AuditWebConfiguration;
import io.eventagents.audit.web.Chains;
import io.eventagents.background.BackgroundLoop;
import io.eventagents.background.BackgroundService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** The audit agent: the log, the index that follows it, and what serves them over HTTP. */
@AutoConfiguration
@EnableConfigurationProperties(LogSettings.class)
@Import({
  ArchiveConfiguration.class,
  ErasureConfiguration.class,
  CheckpointConfiguration.class,
  ChainConfiguration.class,
  VerificationConfiguration.class,
  AuditWebConfiguration.class,
  ConsoleConfiguration.class
})
final class AuditAutoConfiguration {

  private static final Duration LOOK_FOR_RIVALS = Duration.ofSeconds(15);

  @Bean
  LogDirectory auditLogDirectory(LogSettings settings) {
    return LogDirectory.open(settings.directory());
  }

  @Bean
  @Agent(name = "audit-log", topics = ".*-events")
  AuditLog auditLog(
      LogDirectory auditLogDirectory,
      ObjectProvider<Clock> clock,
      ObjectProvider<MeterRegistry> meters,
      Broker broker,
      Checkpoints auditCheckpoints,
      RivalLogs auditRivals) {
    return AuditLog.open(
        auditLogDirectory,
        clock.getIfUnique(Clock::systemUTC),
        new LogMeters(registry(meters)),
        new BrokerGapReasons(broker::admin),
        auditCheckpoints,
        auditRivals);
  }

  @Bean
  RivalLogs auditRivals(LogDirectory auditLogDirectory, Broker broker) {
    return new RivalLogs(broker::admin, auditLogDirectory.id());
  }

  /**
   * Watches for other logs in the group: two that start at the same time may miss each other at
   * first.
   */
  @Bean
  BackgroundService auditRivalWatch(RivalLogs auditRivals) {
    return new BackgroundService(
        BackgroundLoop.named("audit-rivals")
            .repeating(
                () -> {
                  auditRivals.look();
                  return LOOK_FOR_RIVALS;
                }));
  }

  @Bean
  DatabaseSchema auditSchema(DataSource dataSource, Environment environment) {
    return DatabaseSchema.migrate(dataSource, "audit", "classpath:db/audit", environment);
  }

  @Bean
  RecordIndex auditIndex(
      JdbcTemplate jdbc, PlatformTransactionManager transactions, DatabaseSchema auditSchema) {
    return new RecordIndex(jdbc, transactions, auditSchema);
  }

  @Bean
  Indexer auditIndexer(
      LogDirectory auditLogDirectory,
      AuditLog auditLog,
      RecordIndex auditIndex,
      ObjectProvider<MeterRegistry> meters) {
    return new Indexer(auditLogDirectory, auditLog.end(), auditIndex, registry(meters));
  }

  @Bean
  AnswerRoom auditAnswerRoom() {
    return AnswerRoom.ofTheHeap();
  }

  @Bean
  RecordQueries auditQueries(JdbcClient jdbc, DatabaseSchema auditSchema) {
    return new RecordQueries(jdbc, auditSchema);
  }

  @Bean
  ChainQueries auditChainQueries(
      ChainOutlines auditChainOutlines, RecordQueries auditQueries, Calls auditCalls) {
    return new ChainQueries(auditChainOutlines, auditQueries, auditCalls);
  }

  @Bean
  Reindexing auditReindexing(
      LogDirectory auditLogDirectory, RecordIndex auditIndex, ObjectProvider<Clock> clock) {
    return new Reindexing(auditLogDirectory, auditIndex, clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  IndexCheck auditIndexCheck(LogDirectory auditLogDirectory, RecordIndex auditIndex) {
    return new IndexCheck(auditLogDirectory, auditIndex);
  }

  @Bean
  Search auditSearch(RecordQueries auditQueries) {
    return new Search(auditQueries);
  }

  @Bean
  Chains auditChains(
      ChainQueries auditChainQueries, AnswerRoom auditAnswerRoom, ChainSettings settings) {
    return new Chains(auditChainQueries, auditAnswerRoom, settings.chainLimit());
  }

  private static MeterRegistry registry(ObjectProvider<MeterRegistry> meters) {
    return meters.getIfAvailable(SimpleMeterRegistry::new);
  }
}
