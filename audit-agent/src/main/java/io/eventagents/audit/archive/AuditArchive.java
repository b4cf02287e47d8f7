package io.eventagents.audit.archive;

import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.LogDirectory;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What takes care of old files. */
@Configuration(proxyBeanMethods = false)
public class AuditArchive {

  /**
   * @param auditLog has put the directory in order
   */
  @Bean
  @ConditionalOnBooleanProperty(name = "audit.archive.compress", matchIfMissing = true)
  Archive auditOldFiles(
      LogDirectory auditLogDirectory,
      AuditLog auditLog,
      ArchiveSettings settings,
      ObjectProvider<Clock> clock) {
    return new Archive(auditLogDirectory, settings, clock.getIfUnique(Clock::systemUTC));
  }
}
