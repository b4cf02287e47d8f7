package io.eventagents.audit.evidence;

import io.eventagents.Broker;
import io.eventagents.RecordTopic;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.proof.Checkpoints;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The checkpoints of the log. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CheckpointSettings.class)
public class CheckpointConfiguration {

  @Bean
  Checkpoints auditCheckpoints(
      LogDirectory auditLogDirectory,
      CheckpointSettings settings,
      Broker broker,
      ObjectProvider<Clock> clock) {
    return Checkpoints.open(
        auditLogDirectory,
        settings.signingKey(),
        settings.formerSigningKey(),
        broker,
        clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  RecordTopic auditCheckpointTopic() {
    return new RecordTopic(Checkpoints.TOPIC, 1, Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"));
  }

  @Bean
  CheckpointPublisher auditCheckpointPublisher(
      LogDirectory auditLogDirectory,
      AuditLog auditLog,
      Checkpoints auditCheckpoints,
      Broker broker,
      CheckpointSettings settings,
      ObjectProvider<Clock> clock,
      ObjectProvider<MeterRegistry> meters) {
    return new CheckpointPublisher(
        auditLogDirectory,
        auditLog,
        auditCheckpoints,
        broker,
        settings.interval(),
        clock.getIfUnique(Clock::systemUTC),
        meters.getIfAvailable(SimpleMeterRegistry::new));
  }
}
