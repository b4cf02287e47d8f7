package io.eventagents.scheduling.reminder;

import io.eventagents.Cause;
import io.eventagents.CorrelationId;
import io.eventagents.Event;
import io.eventagents.EventPublisher;
import io.eventagents.scheduling.reminder.SnoozeRejection.EndedReminder;
import io.eventagents.scheduling.reminder.SnoozeRejection.UnknownReminder;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Snoozes a reminder until a time that a client chose, whether it is still to come or has fired.
 * {@code reminder.rescheduled} begins a chain, and the {@code reminder.due} of that time belongs to
 * it.
 */
public final class Snoozes {

  /** The source of changes that clients make; agents begin no chains. */
  public static final String SOURCE = "scheduling-agent";

  private final Reminders reminders;
  private final TaskSeries series;
  private final EventPublisher<ReminderRescheduled> events;
  private final TransactionOperations transaction;
  private final Clock clock;

  public Snoozes(
      Reminders reminders,
      TaskSeries series,
      EventPublisher<ReminderRescheduled> events,
      TransactionOperations transaction,
      Clock clock) {
    this.reminders = reminders;
    this.series = series;
    this.events = events;
    this.transaction = transaction;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  /**
   * The reminder as stored.
   *
   * @throws UnknownReminder if there is none
   */
  Reminder find(UUID id) {
    return reminders.find(id).orElseThrow(() -> new UnknownReminder(id));
  }

  /**
   * Snoozes a reminder and returns its new state.
   *
   * @throws UnknownReminder if there is none
   * @throws EndedReminder if its task has ended or the reminder is cancelled
   */
  public Reminder snooze(UUID id, Instant until, CorrelationId correlation) {
    return transaction.execute(
        status -> snooze(reminders.lock(find(id).taskId()), id, until, correlation));
  }

  private Reminder snooze(ScheduledTask task, UUID id, Instant until, CorrelationId correlation) {
    Reminder before = find(id);
    if (task.ended() || before.status() == Reminder.Status.CANCELLED) {
      throw new EndedReminder(task.id());
    }
    Event<ReminderRescheduled> event =
        events.publish(
            ReminderRescheduled.of(before, until, before.remindAt()),
            Cause.call(correlation, "api-snooze-" + id));
    Instant now = clock.instant();
    Reminder after =
        before.snoozed(
            until, new Reminder.Origin(event.metadata().correlationId(), event.eventId()), now);
    reminders.replace(after);
    series.goOn(task, after, Cause.event(event), now);
    return after;
  }
}
