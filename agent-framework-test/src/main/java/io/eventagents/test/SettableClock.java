package io.eventagents.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * A clock that a test sets, so that nothing has to sleep.
 *
 * <pre>{@code
 * @Autowired SettableClock clock;
 *
 * clock.tick(Duration.ofDays(1));      // the reminder is due
 * chains.await(request, "reminder.due");
 * }</pre>
 *
 * <p>It follows the system's clock until it is told otherwise. An {@link AgentTest} has one as its
 * {@code Clock}, unless the application has a clock of its own, and resets it after each test.
 * Thread-safe.
 */
public final class SettableClock extends Clock {

  private final AtomicReference<UnaryOperator<Instant>> fromSystem;
  private final ZoneId zone;

  /** A clock that follows the system's, in UTC. */
  public SettableClock() {
    this(new AtomicReference<>(now -> now), ZoneOffset.UTC);
  }

  private SettableClock(AtomicReference<UnaryOperator<Instant>> fromSystem, ZoneId zone) {
    this.fromSystem = fromSystem;
    this.zone = zone;
  }

  /** A clock that stands still at this time, in UTC. */
  public static SettableClock stoppedAt(Instant time) {
    SettableClock clock = new SettableClock();
    clock.stopAt(time);
    return clock;
  }

  /** Stands still at this time, until it is ticked or set again. */
  public void stopAt(Instant time) {
    fromSystem.set(now -> time);
  }

  /** Goes on from this time, as fast as the system's clock. */
  public void set(Instant time) {
    Duration ahead = Duration.between(Clock.systemUTC().instant(), time);
    fromSystem.set(now -> now.plus(ahead));
  }

  /** Jumps ahead by this much, or back if it is negative, whether it goes or stands still. */
  public void tick(Duration duration) {
    fromSystem.updateAndGet(reading -> now -> reading.apply(now).plus(duration));
  }

  /** Follows the system's clock again. */
  public void reset() {
    fromSystem.set(now -> now);
  }

  @Override
  public Instant instant() {
    return fromSystem.get().apply(Clock.systemUTC().instant());
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** The same clock, set together with this one, in another zone. */
  @Override
  public SettableClock withZone(ZoneId other) {
    return new SettableClock(fromSystem, other);
  }

  @Override
  public String toString() {
    return "SettableClock[" + instant() + "]";
  }
}
