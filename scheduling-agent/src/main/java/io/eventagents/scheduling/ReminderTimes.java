package io.eventagents.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When to remind.
 *
 * @param leadTime how long before a task is due
 * @param defaultDelay how long after its event, where it is due at no time
 */
record ReminderTimes(Duration leadTime, Duration defaultDelay) {

  /**
   * The time of a reminder that is made now: at once where the right time has passed. A task
   * without a due time counts from now, not from its creation, so that events of long ago, read for
   * the first time, remind nobody at once.
   */
  Instant remindAt(@Nullable Instant dueAt, Instant now) {
    Instant time = dueAt == null ? now.plus(defaultDelay) : dueAt.minus(leadTime);
    return (time.isBefore(now) ? now : time).truncatedTo(ChronoUnit.MILLIS);
  }
}
