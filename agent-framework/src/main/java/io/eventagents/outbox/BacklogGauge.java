package io.eventagents.outbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The figures of an outbox, queried every few seconds at most, however often they are read. */
final class BacklogGauge {

  private static final Duration FRESH_FOR = Duration.ofSeconds(5);
  // Counting a large backlog may take a second; it must not become a load of its own.
  private static final int SHARE = 20;

  private final Outbox outbox;
  private final InstantSource clock;
  private @Nullable Backlog last;
  private Instant freshUntil = Instant.MIN;

  BacklogGauge(Outbox outbox, InstantSource clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * @throws org.springframework.dao.DataAccessException if the database does not answer
   */
  synchronized Backlog read() {
    Instant start = clock.instant();
    Backlog known = last;
    if (known == null || !start.isBefore(freshUntil)) {
      known = outbox.backlog();
      last = known;
      Instant end = clock.instant();
      Duration rest = Duration.between(start, end).multipliedBy(SHARE);
      freshUntil = end.plus(rest.compareTo(FRESH_FOR) > 0 ? rest : FRESH_FOR);
    }
    return known;
  }
}
