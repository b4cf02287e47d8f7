package io.eventagents.deadletter.http;

import io.eventagents.DeadLetterDesk;
import io.eventagents.deadletter.BrokerDesk;
import io.eventagents.deadletter.Resolutions;
import io.eventagents.send.RecordSender;
import io.eventagents.topic.TopicReader;
import io.eventagents.wire.EventReader;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Serves dead letters over HTTP. */
@Configuration(proxyBeanMethods = false)
public class DeadLetterHttpConfiguration {

  @Bean
  DeadLetterDesk eventAgentsDeadLetterDesk(
      TopicReader topics,
      EventReader reader,
      @Qualifier("deadLetterRecordSender") RecordSender sender,
      Resolutions resolutions) {
    return new BrokerDesk(topics, reader, sender, resolutions);
  }

  @Bean
  DeadLetterController eventAgentsDeadLetterController(
      DeadLetterDesk eventAgentsDeadLetterDesk, ObjectProvider<Clock> clock) {
    return new DeadLetterController(eventAgentsDeadLetterDesk, clock.getIfUnique(Clock::systemUTC));
  }
}
