package io.eventagents.faults.clock;

import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Gives an application that has this class on its class path a clock that is wrong by an offset.
 */
@AutoConfiguration
@ConditionalOnProperty("faults.clock-offset")
public final class OffsetClockAutoConfiguration {

  @Bean
  Clock offsetClock(@Value("${faults.clock-offset}") Duration offset) {
    return Clock.offset(Clock.systemUTC(), offset);
  }
}
