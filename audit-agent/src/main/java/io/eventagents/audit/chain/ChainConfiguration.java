package io.eventagents.audit.chain;

import io.eventagents.DatabaseSchema;
import io.eventagents.audit.AuditProperties;
import io.eventagents.audit.answer.AnswerRoom;
import io.eventagents.audit.index.Calls;
import io.eventagents.audit.index.ChainOutlines;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beans that read and judge chains. */
@Configuration(proxyBeanMethods = false)
public class ChainConfiguration {

  @Bean
  ChainOutlines auditChainOutlines(JdbcClient jdbc, DatabaseSchema auditSchema) {
    return new ChainOutlines(jdbc, auditSchema);
  }

  @Bean
  Expectations auditExpectations(AuditProperties properties, ObjectProvider<Clock> clock) {
    return new Expectations(
        properties.console().expectations(), clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  ChainStories auditChainStories(
      ChainOutlines auditChainOutlines,
      Expectations auditExpectations,
      AnswerRoom auditAnswerRoom,
      AuditProperties properties) {
    return new ChainStories(
        auditChainOutlines,
        new Calls(properties.callPrefixes()),
        auditExpectations,
        auditAnswerRoom,
        properties.chainLimit());
  }
}
