package io.eventagents.audit.chain;

import io.eventagents.DatabaseSchema;
import io.eventagents.audit.answer.AnswerRoom;
import io.eventagents.audit.index.Calls;
import io.eventagents.audit.index.ChainOutlines;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beans that read and judge chains. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ChainSettings.class, ExpectationSettings.class})
public class ChainConfiguration {

  @Bean
  ChainOutlines auditChainOutlines(JdbcClient jdbc, DatabaseSchema auditSchema) {
    return new ChainOutlines(jdbc, auditSchema);
  }

  @Bean
  Calls auditCalls(ChainSettings settings) {
    return new Calls(settings.callPrefixes());
  }

  @Bean
  Expectations auditExpectations(ExpectationSettings settings, ObjectProvider<Clock> clock) {
    return new Expectations(settings.orOurs(), clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  ChainStories auditChainStories(
      ChainOutlines auditChainOutlines,
      Calls auditCalls,
      Expectations auditExpectations,
      AnswerRoom auditAnswerRoom,
      ChainSettings settings) {
    return new ChainStories(
        auditChainOutlines, auditCalls, auditExpectations, auditAnswerRoom, settings.chainLimit());
  }
}
