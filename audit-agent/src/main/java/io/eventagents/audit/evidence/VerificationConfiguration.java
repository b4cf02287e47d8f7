package io.eventagents.audit.evidence;

import io.eventagents.Broker;
import io.eventagents.audit.index.IndexCheck;
import io.eventagents.audit.index.Indexer;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.RivalLogs;
import io.eventagents.audit.proof.Checkpoints;
import io.eventagents.audit.verification.BrokerEvidence;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Verification of the running log. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VerificationSettings.class)
public class VerificationConfiguration {

  @Bean
  Verifications auditVerifications(
      LogDirectory auditLogDirectory,
      Broker broker,
      RivalLogs auditRivals,
      ObjectProvider<IndexCheck> indexCheck,
      VerificationSettings settings,
      ObjectProvider<Clock> clock,
      ObjectProvider<MeterRegistry> meters) {
    BrokerRecords records = new BrokerRecords(broker);
    return new Verifications(
        auditLogDirectory,
        () -> broker.admin().map(admin -> evidence(admin, records, auditRivals)),
        indexCheck.stream().findFirst().map(IndexComparison::new).orElse(null),
        settings.interval(),
        settings.bytesPerSecond().toBytes(),
        clock.getIfUnique(Clock::systemUTC),
        meters.getIfAvailable(SimpleMeterRegistry::new));
  }

  private static BrokerEvidence evidence(Admin admin, BrokerRecords records, RivalLogs rivals) {
    RivalLogs.Reading reading = rivals.reading().orElse(null);
    return reading == null
        ? new BrokerEvidence(admin, records, false)
        : new BrokerEvidence(admin, records, false, reading.group(), reading.topics());
  }

  @Bean
  LogState auditLogState(
      LogDirectory auditLogDirectory,
      AuditLog auditLog,
      Checkpoints auditCheckpoints,
      CheckpointPublisher auditCheckpointPublisher) {
    return new LogState(auditLogDirectory, auditLog, auditCheckpoints, auditCheckpointPublisher);
  }

  @Bean
  VerificationController auditVerificationController(
      Verifications auditVerifications, LogState auditLogState) {
    return new VerificationController(auditVerifications, auditLogState);
  }

  @Bean
  AuditHealthIndicator auditHealthIndicator(
      Verifications auditVerifications,
      LogState auditLogState,
      RivalLogs auditRivals,
      ObjectProvider<Indexer> indexer) {
    return new AuditHealthIndicator(
        auditVerifications, auditLogState, auditRivals, indexer.stream().findFirst().orElse(null));
  }
}
