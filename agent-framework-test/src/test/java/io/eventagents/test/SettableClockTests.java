package io.eventagents.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class SettableClockTests {

  private static final Instant NOON = Instant.parse("2025-01-15T12:00:00Z");

  private final SettableClock clock = new SettableClock();

  @Test
  void followsTheSystemClock() {
    assertThat(clock.instant())
        .isCloseTo(Clock.systemUTC().instant(), within(5, ChronoUnit.SECONDS));
    assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
  }

  @Test
  void canBeStopped() {
    clock.stopAt(NOON);

    assertThat(clock.instant()).isEqualTo(NOON);
    assertThat(SettableClock.stoppedAt(NOON).instant()).isEqualTo(NOON);
  }

  @Test
  void ticks() {
    clock.stopAt(NOON);
    clock.tick(Duration.ofHours(1));
    clock.tick(Duration.ofMinutes(1));

    assertThat(clock.instant()).isEqualTo("2025-01-15T13:01:00Z");
  }

  @Test
  void runsOnFromTheTimeSet() {
    clock.set(NOON);
    clock.tick(Duration.ofHours(1));

    assertThat(clock.instant())
        .isAfterOrEqualTo("2025-01-15T13:00:00Z")
        .isBefore("2025-01-15T13:01:00Z");
  }

  @Test
  void canBeReset() {
    clock.stopAt(NOON);
    clock.reset();

    assertThat(clock.instant())
        .isCloseTo(Clock.systemUTC().instant(), within(5, ChronoUnit.SECONDS));
  }

  @Test
  void isOneClockInAllZones() {
    Clock tokyo = clock.withZone(ZoneId.of("Asia/Tokyo"));
    clock.stopAt(NOON);

    assertThat(tokyo.instant()).isEqualTo(NOON);
    assertThat(tokyo.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
  }
}
