package io.eventagents.replay;

import io.eventagents.DeadLetterDesk;
import io.eventagents.deadletter.Resolutions;
import io.eventagents.outbox.Outbox;
import io.eventagents.outbox.ParkedRecords;
import io.eventagents.send.RecordSender;
import io.eventagents.topic.TopicReader;
import io.eventagents.wire.EventReader;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Serves dead letters, and what the outbox parked, over HTTP. */
@Configuration(proxyBeanMethods = false)
public class DeadLetterWeb {

  @Bean
  DeadLetterDesk eventAgentsDeadLetterDesk(
      TopicReader topics,
      EventReader reader,
      @Qualifier("deadLetterRecordSender") RecordSender sender,
      Resolutions resolutions) {
    return new StoredDesk(
        new StoredLetters(topics, reader), new Replays(sender, resolutions, topics::read));
  }

  @Bean
  DeadLetterController eventAgentsDeadLetterController(
      DeadLetterDesk eventAgentsDeadLetterDesk, ObjectProvider<Clock> clock) {
    return new DeadLetterController(eventAgentsDeadLetterDesk, clock.getIfUnique(Clock::systemUTC));
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnBean(Outbox.class)
  static class ParkedWeb {

    @Bean
    ParkedRecordController eventAgentsParkedRecordController(
        Outbox outbox, PlatformTransactionManager transactions) {
      return new ParkedRecordController(
          new ParkedRecords(outbox), new TransactionTemplate(transactions));
    }
  }
}
