package io.eventagents.orchestrator;

import io.eventagents.orchestrator.followup.FollowUpStore;
import io.eventagents.orchestrator.followup.FollowUpWatchProperties;
import io.eventagents.orchestrator.http.IdempotencyKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Drops what is no longer needed: keys of old commands, and what followed long ago. */
final class Retention {

  static final Duration INTERVAL = Duration.ofMinutes(10);

  private static final int AT_ONCE = 1_000;

  private final IdempotencyKeys repeats;
  private final FollowUpStore followUps;
  private final FollowUpWatchProperties settings;
  private final Clock clock;

  Retention(
      IdempotencyKeys repeats,
      FollowUpStore followUps,
      FollowUpWatchProperties settings,
      Clock clock) {
    this.repeats = repeats;
    this.followUps = followUps;
    this.settings = settings;
    this.clock = clock;
  }

  /** In small transactions, until nothing is left to drop. */
  void dropOld() {
    repeats.purge();
    Instant now = clock.instant();
    int dropped;
    do {
      dropped =
          followUps.purge(now.minus(settings.retention()), now.minus(settings.maxAge()), AT_ONCE);
    } while (dropped > 0);
  }
}
