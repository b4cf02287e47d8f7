package io.eventagents.replay;

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
public class DeadLetterWeb {

  @Bean
  DeadLetterController eventAgentsDeadLetterController(
      TopicReader topics,
      EventReader reader,
      @Qualifier("deadLetterRecordSender") RecordSender sender,
      Resolutions resolutions,
      ObjectProvider<Clock> clock) {
    return new DeadLetterController(
        new StoredLetters(topics, reader),
        new Replays(sender, resolutions, topics),
        clock.getIfUnique(Clock::systemUTC));
  }
}
