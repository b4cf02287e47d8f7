package io.eventagents.audit.verification;

import io.eventagents.Broker;
import io.eventagents.audit.AuditProperties;
import io.eventagents.audit.index.IndexCheck;
import io.eventagents.audit.index.Indexer;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.proof.CheckpointPublisher;
import io.eventagents.audit.proof.Checkpoints;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Verification of the running log. */
@Configuration(proxyBeanMethods = false)
public class AuditVerification {

  @Bean
  Verifications auditVerifications(
      LogDirectory auditLogDirectory,
      Broker broker,
      ObjectProvider<IndexCheck> indexCheck,
      AuditProperties properties,
      ObjectProvider<Clock> clock,
      ObjectProvider<MeterRegistry> meters) {
    BrokerRecords records = new BrokerRecords(broker);
    return new Verifications(
        auditLogDirectory,
        () -> broker.admin().map(admin -> new BrokerEvidence(admin, records, false)),
        indexCheck.stream().findFirst().map(IndexComparison::new).orElse(null),
        properties.verification().interval(),
        properties.verification().bytesPerSecond().toBytes(),
        clock.getIfUnique(Clock::systemUTC),
        meters.getIfAvailable(SimpleMeterRegistry::new));
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
      Verifications auditVerifications, LogState auditLogState, ObjectProvider<Indexer> indexer) {
    return new AuditHealthIndicator(
        auditVerifications, auditLogState, indexer.stream().findFirst().orElse(null));
  }
}
