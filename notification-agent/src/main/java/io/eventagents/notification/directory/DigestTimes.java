package io.eventagents.notification.directory;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** When a digest is sent. */
public sealed interface DigestTimes {

  /** The next time after this one. */
  Instant next(Instant now, ZoneId zone);

  /**
   * Once a day.
   *
   * @param at the time of day, in the recipient's zone
   */
  record Daily(LocalTime at) implements DigestTimes {

    @Override
    public Instant next(Instant now, ZoneId zone) {
      LocalDate day = now.atZone(zone).toLocalDate();
      Instant time = LocalMoment.of(day, at, zone);
      return time.isAfter(now) ? time : LocalMoment.of(day.plusDays(1), at, zone);
    }
  }

  /**
   * At steady intervals, at the same moments for all recipients with this interval.
   *
   * @param interval from a minute to a week
   */
  record Every(Duration interval) implements DigestTimes {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    public Every {
      if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("must be from PT1M to P7D");
      }
    }

    @Override
    public Instant next(Instant now, ZoneId zone) {
      long step = interval.toMillis();
      return Instant.ofEpochMilli(Math.multiplyExact(now.toEpochMilli() / step + 1, step));
    }
  }
}
