package io.eventagents.audit.web;

import io.eventagents.audit.index.RecordQueries;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The controllers. */
@Configuration(proxyBeanMethods = false)
public class AuditWeb {

  @Bean
  ChainController auditChainController(Chains auditChains) {
    return new ChainController(auditChains);
  }

  @Bean
  EventController auditEventController(RecordQueries auditQueries) {
    return new EventController(auditQueries);
  }
}
