package io.eventagents.recurrence;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The times of a rule by the clocks of a zone, each once and in order. Not thread-safe.
 *
 * <p>Where clocks are set forward, a time that does not exist is later, and so it may come after
 * the next ones that the rule names.
 */
final class SeriesTimes implements Iterator<Instant> {

  private final RuleTimes times;
  private final int nanos;
  private final ZoneId zone;
  private final NavigableSet<Instant> ahead = new TreeSet<>();
  private @Nullable LocalDateTime read;

  /**
   * @param nanos the fraction of a second of each
   */
  SeriesTimes(RuleTimes times, int nanos, ZoneId zone) {
    this.times = times;
    this.nanos = nanos;
    this.zone = zone;
  }

  @Override
  public boolean hasNext() {
    return !ahead.isEmpty() || times.hasNext();
  }

  @Override
  public Instant next() {
    while ((ahead.isEmpty() || isMoved(ahead.getFirst())) && times.hasNext()) {
      read = times.next().withNano(nanos);
      ahead.add(read.atZone(zone).toInstant());
    }
    Instant next = ahead.pollFirst();
    if (next == null) {
      throw new NoSuchElementException("The rule names no more times");
    }
    return next;
  }

  /** Whether it is later than what was read, so that the rule may name one before it. */
  private boolean isMoved(Instant time) {
    return Objects.requireNonNull(read).isBefore(time.atZone(zone).toLocalDateTime());
  }
}
