package io.eventagents.scheduling.reminder;

import io.eventagents.recurrence.Occurrence;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A task as far as it is known here.
 *
 * @param description null if only its end is known
 * @param occurrence the time of its series that comes next
 */
record ScheduledTask(String id, @Nullable Description description, Due occurrence, boolean ended) {

  /**
   * What a reminder says about the task, and what its time depends on.
   *
   * @param dueAt null if it has no due time; for a series, the first time
   * @param recurrence null if it does not recur
   * @param zone null for the zone of the settings
   */
  record Description(
      String ownerId,
      String title,
      @Nullable Instant dueAt,
      int priority,
      @Nullable String recurrence,
      @Nullable ZoneId zone) {}

  /** A described task, and the time of its series that reminders are set for. */
  record Planned(String taskId, Description task, Due due) {}

  /**
   * A time at which the task is due.
   *
   * @param occurrence its place in the task's series, from 1
   * @param at null if the task has no due time
   */
  record Due(int occurrence, @Nullable Instant at) {

    static Due of(Occurrence occurrence) {
      return new Due(occurrence.number(), occurrence.at());
    }
  }
}
