package io.eventagents.audit.retention;

import io.eventagents.audit.archive.OldFiles;
import io.eventagents.audit.archive.Shipping;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.background.BackgroundLoop;
import io.eventagents.background.BackgroundService;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** What takes care of old files. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ArchiveSettings.class)
public class ArchiveConfiguration {

  @Bean
  @Conditional(BucketSet.class)
  Shipping auditShipping(
      LogDirectory auditLogDirectory,
      ArchiveSettings settings,
      ObjectProvider<MeterRegistry> meters) {
    Shipping shipping = new Shipping(auditLogDirectory, settings.s3().location());
    meters.ifAvailable(
        registry ->
            Gauge.builder("audit.archive.unshipped", shipping, ArchiveConfiguration::unshipped)
                .description("Compressed files of the audit log that are not in the bucket")
                .register(registry));
    return shipping;
  }

  /**
   * @param auditLog has put the directory in order
   */
  @Bean
  @ConditionalOnBooleanProperty(name = "audit.archive.compress", matchIfMissing = true)
  BackgroundService auditOldFiles(
      LogDirectory auditLogDirectory,
      AuditLog auditLog,
      ArchiveSettings settings,
      ObjectProvider<Shipping> shipping,
      ObjectProvider<Clock> clock) {
    OldFiles files =
        new OldFiles(
            auditLogDirectory,
            settings.compressAfter(),
            settings.keepLocal(),
            shipping.getIfAvailable(),
            clock.getIfUnique(Clock::systemUTC));
    return new BackgroundService(BackgroundLoop.named("audit-archive").repeating(files::round));
  }

  private static double unshipped(Shipping shipping) {
    try {
      return shipping.unshipped();
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
