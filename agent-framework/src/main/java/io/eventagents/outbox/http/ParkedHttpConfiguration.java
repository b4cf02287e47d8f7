package io.eventagents.outbox.http;

import io.eventagents.outbox.Outbox;
import io.eventagents.outbox.ParkedRecords;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Serves what the outbox parked over HTTP. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(Outbox.class)
public class ParkedHttpConfiguration {

  @Bean
  ParkedRecordController eventAgentsParkedRecordController(
      Outbox outbox, PlatformTransactionManager transactions) {
    return new ParkedRecordController(
        new ParkedRecords(outbox), new TransactionTemplate(transactions));
  }
}
