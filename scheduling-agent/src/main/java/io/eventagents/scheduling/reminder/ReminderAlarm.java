package io.eventagents.scheduling.reminder;

import io.eventagents.Cause;
import io.eventagents.DatabaseFailure;
import io.eventagents.Event;
import io.eventagents.EventPublisher;
import io.eventagents.background.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Fires the reminders whose time has come, many in one transaction: it publishes {@code
 * reminder.due} and marks the reminder as fired, both or neither.
 *
 * <p>Any number of threads and instances may ring at once. Each takes reminders that no other has
 * locked, and locks their tasks too, so that an event of a task is handled before or after, never
 * at the same time. A lock ends with its connection.
 *
 * <p>If the transaction fails, each reminder is fired alone. One that fails again is retried after
 * a growing delay and delays no other.
 */
public final class ReminderAlarm {

  private static final Logger log = LoggerFactory.getLogger(ReminderAlarm.class);
  private static final Backoff DELAYS = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(256));

  private final Reminders reminders;
  private final TaskSeries series;
  private final EventPublisher<TimerEvent> events;
  private final TransactionOperations transaction;
  private final Clock clock;

  public ReminderAlarm(
      Reminders reminders,
      TaskSeries series,
      EventPublisher<TimerEvent> events,
      TransactionOperations transaction,
      Clock clock) {
    this.reminders = reminders;
    this.series = series;
    this.events = events;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Fires the reminders that are due, the earliest first.
   *
   * @param most the most to fire at once
   * @return how many it looked at; if that is {@code most}, there may be more
   */
  public int ring(int most) {
    try {
      return transaction.execute(status -> fire(reminders.lockDue(clock.instant(), most)));
    } catch (RuntimeException | Error e) {
      if (DatabaseFailure.isOutage(e)) {
        throw e;
      }
      log.debug("Up to {} reminders cannot be fired together, so each is fired alone", most, e);
      return ringEach(most);
    }
  }

  private int ringEach(int most) {
    List<UUID> due = reminders.due(clock.instant(), most);
    for (UUID reminder : due) {
      try {
        transaction.executeWithoutResult(
            status -> fire(reminders.lockDue(clock.instant(), reminder)));
      } catch (RuntimeException | Error e) {
        if (DatabaseFailure.isOutage(e)) {
          throw e; // nothing is wrong with the reminder, and the next ones would fail too
        }
        int failures = reminders.failures(reminder) + 1;
        Duration delay = DELAYS.after(failures);
        reminders.postpone(reminder, clock.instant().plus(delay), failures);
        log.warn("Reminder {} could not be fired; it is tried again in {}", reminder, delay, e);
      }
    }
    return due.size();
  }

  private int fire(List<DueReminder> due) {
    if (due.isEmpty()) {
      return 0;
    }
    reminders.fire(due.stream().map(it -> it.reminder().id()).toList());
    Instant now = clock.instant();
    for (DueReminder each : due) {
      Reminder reminder = each.reminder();
      Reminder.Origin origin = reminder.origin();
      Event<ReminderDue> event =
          events.publish(
              ReminderDue.of(reminder), Cause.event(origin.correlationId(), origin.eventId()));
      if (each.recurs()) {
        series.goOn(reminders.lock(reminder.taskId()), reminder, Cause.event(event), now);
      }
    }
    return due.size();
  }
}
