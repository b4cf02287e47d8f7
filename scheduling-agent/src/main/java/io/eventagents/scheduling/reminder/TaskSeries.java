package io.eventagents.scheduling.reminder;

import io.eventagents.Cause;
import io.eventagents.EventPublisher;
import io.eventagents.recurrence.InvalidRecurrence;
import io.eventagents.scheduling.reminder.ScheduledTask.Planned;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans the next time of a recurring task as soon as the present one has no reminders left, except
 * snoozed ones. The reminders of the next time belong to the same chain.
 */
public final class TaskSeries {

  private static final Logger log = LoggerFactory.getLogger(TaskSeries.class);

  private final Reminders reminders;
  private final ReminderTimes times;
  private final DueTimes dueTimes;
  private final EventPublisher<TimerEvent> events;

  public TaskSeries(Reminders reminders, ReminderTimes times, EventPublisher<TimerEvent> events) {
    this.reminders = reminders;
    this.times = times;
    this.dueTimes = new DueTimes(times);
    this.events = events;
  }

  /**
   * Plans the time after the one that a reminder was for, if there is one.
   *
   * @param done a reminder that was fired or snoozed, of a task that the caller locked
   * @param cause the event about that
   */
  void goOn(ScheduledTask task, Reminder done, Cause.OfEvent cause, Instant now) {
    ScheduledTask.Description description = task.description();
    if (description == null
        || task.ended()
        || description.recurrence() == null
        || done.occurrence() != task.occurrence().occurrence()
        || isAwaited(done)) {
      return;
    }
    next(task, description, now)
        .ifPresent(
            due -> {
              Planned planned = new Planned(task.id(), description, due);
              reminders.describe(planned);
              List<Instant> at = times.remindAt(description, due.at(), now);
              EmittedOrigins origins =
                  new EmittedOrigins(cause.correlationId(), cause.causationId());
              for (int i = 0; i < at.size(); i++) {
                Reminder reminder =
                    Reminder.scheduled(
                        planned, at.get(i), origins.next(ReminderScheduled.TYPE), now);
                reminders.add(reminder);
                events.publish(ReminderScheduled.of(reminder), cause.occurrence(i));
              }
            });
  }

  private boolean isAwaited(Reminder done) {
    return reminders.pending(done.taskId()).stream()
        .anyMatch(it -> !it.snoozed() && it.occurrence() == done.occurrence());
  }

  private Optional<ScheduledTask.Due> next(
      ScheduledTask task, ScheduledTask.Description description, Instant now) {
    try {
      return dueTimes.next(description, task.occurrence(), now);
    } catch (InvalidRecurrence e) {
      // An earlier version took the rule. A task.updated with another one begins the series anew.
      log.warn("Task {} no longer recurs: its rule {}", task.id(), e.reason());
      return Optional.empty();
    }
  }
}
