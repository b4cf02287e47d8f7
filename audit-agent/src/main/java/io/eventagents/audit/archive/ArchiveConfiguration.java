package io.eventagents.audit.archive;

import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.LogDirectory;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** What takes care of old files. */
@Configuration(proxyBeanMethods = false)
public class ArchiveConfiguration {

  @Bean
  @Conditional(BucketSet.class)
  Shipping auditShipping(
      LogDirectory auditLogDirectory,
      ArchiveSettings settings,
      ObjectProvider<MeterRegistry> meters) {
    Shipping shipping = new Shipping(auditLogDirectory, settings.s3());
    meters.ifAvailable(registry -> Archive.measure(shipping, registry));
    return shipping;
  }

  /**
   * @param auditLog has put the directory in order
   */
  @Bean
  @ConditionalOnBooleanProperty(name = "audit.archive.compress", matchIfMissing = true)
  Archive auditOldFiles(
      LogDirectory auditLogDirectory,
      AuditLog auditLog,
      ArchiveSettings settings,
      ObjectProvider<Shipping> shipping,
      ObjectProvider<Clock> clock) {
    return new Archive(
        auditLogDirectory,
        settings,
        shipping.getIfAvailable(),
        clock.getIfUnique(Clock::systemUTC));
  }
}
