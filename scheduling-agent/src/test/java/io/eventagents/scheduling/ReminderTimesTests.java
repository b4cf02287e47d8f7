package io.eventagents.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReminderTimesTests {

  private final ReminderTimes times = new ReminderTimes(Duration.ofHours(1), Duration.ofDays(1));

  @ParameterizedTest
  @CsvSource({
    "2025-01-20T17:00:00Z, 2025-01-20T16:00:00Z",
    "2025-01-15T15:30:00Z, 2025-01-15T14:30:00Z",
    "2025-01-15T15:00:00Z, 2025-01-15T14:30:00Z",
    "2024-12-31T23:59:59Z, 2025-01-15T14:30:00Z",
    ", 2025-01-16T14:30:00Z"
  })
  void remindsInGoodTimeOrAtOnce(@Nullable Instant dueAt, Instant expected) {
    assertThat(times.remindAt(dueAt, Instant.parse("2025-01-15T14:30:00Z"))).isEqualTo(expected);
  }
}
