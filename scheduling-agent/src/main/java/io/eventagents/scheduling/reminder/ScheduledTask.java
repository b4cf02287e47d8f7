package io.eventagents.scheduling.reminder;

import io.eventagents.scheduling.recurrence.Occurrence;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a task.
 *
 * @param description null where only its end is known
 * @param occurrence which time of its series is next
 */
record ScheduledTask(String id, @Nullable Description description, Due occurrence, boolean ended) {

  /**
   * What a reminder of the task says, and what its time depends on.
   *
   * @param dueAt null where it is due at no time; of a series, its first
   * @param recurrence null where it does not recur
   * @param zone null where it is the zone of the settings
   */
  record Description(
      String ownerId,
      String title,
      @Nullable Instant dueAt,
      int priority,
      @Nullable String recurrence,
      @Nullable ZoneId zone) {}

  /** A task that is known, and the time of its series that reminders are set for. */
  record Planned(String taskId, Description task, Due due) {}

  /**
   * A time at which the task is due.
   *
   * @param occurrence its place in the task's series, from 1
   * @param at null where the task is due at no time
   */
  record Due(int occurrence, @Nullable Instant at) {

    static Due of(Occurrence occurrence) {
      return new Due(occurrence.number(), occurrence.at());
    }
  }
}
