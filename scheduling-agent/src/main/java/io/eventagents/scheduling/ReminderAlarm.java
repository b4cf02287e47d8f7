package io.eventagents.scheduling;

import io.eventagents.Cause;
import io.eventagents.EventPublisher;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What happens when a timer rings: {@code reminder.due} is published and the reminder is fired, in
 * one transaction. A timer that rings again, after a crash or on two instances, finds it fired.
 */
final class ReminderAlarm {

  private final Reminders reminders;
  private final EventPublisher<ReminderDue> events;
  private final TransactionOperations transaction;
  private final Clock clock;

  ReminderAlarm(
      Reminders reminders,
      EventPublisher<ReminderDue> events,
      TransactionOperations transaction,
      Clock clock) {
    this.reminders = reminders;
    this.events = events;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Fires the reminder where it is still to come and its time is here.
   *
   * @return when to ring again; empty where there is nothing left to do
   */
  Optional<Instant> ring(UUID reminderId) {
    Optional<Instant> again = transaction.execute(status -> ringOnce(reminderId));
    return again == null ? Optional.empty() : again;
  }

  private Optional<Instant> ringOnce(UUID reminderId) {
    return reminders
        .find(reminderId)
        .flatMap(
            unlocked -> {
              reminders.lock(unlocked.taskId());
              return reminders.find(reminderId);
            })
        .filter(reminder -> reminder.status() == Reminder.Status.SCHEDULED)
        .flatMap(this::fire);
  }

  private Optional<Instant> fire(Reminder reminder) {
    if (reminder.remindAt().isAfter(clock.instant())) {
      return Optional.of(reminder.remindAt());
    }
    reminders.replace(reminder.fired());
    events.publish(
        new ReminderDue(
            reminder.id().toString(),
            reminder.taskId(),
            reminder.ownerId(),
            reminder.title(),
            reminder.dueAt()),
        Cause.event(reminder.origin().correlationId(), reminder.origin().eventId()));
    return Optional.empty();
  }
}
