package io.eventagents.outbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The figures of an outbox, asked for at most every few seconds however many look at them. */
final class BacklogGauge {

  private static final Duration FRESH_FOR = Duration.ofSeconds(5);

  private final Outbox outbox;
  private final InstantSource clock;
  private @Nullable Backlog last;
  private Instant takenAt = Instant.MIN;

  BacklogGauge(Outbox outbox, InstantSource clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * @throws org.springframework.dao.DataAccessException where the database does not answer
   */
  synchronized Backlog read() {
    Instant now = clock.instant();
    Backlog known = last;
    if (known == null || !now.isBefore(takenAt.plus(FRESH_FOR))) {
      known = outbox.backlog();
      last = known;
      takenAt = now;
    }
    return known;
  }
}
