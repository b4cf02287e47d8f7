package io.eventagents.scheduling;

import io.eventagents.Agent;
import io.eventagents.Effects;
import io.eventagents.Event;
import io.eventagents.EventIds;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sets a reminder for each task, moves it with the task's due time and cancels it when the task
 * ends.
 *
 * <p>Events may be repeated and come in any order: the first that describes a task makes the
 * reminder, and after a task's end none does.
 */
@Agent(effects = Effects.DATABASE)
final class ReminderScheduler implements Function<Event<ReminderTrigger>, List<ReminderEvent>> {

  /** The agent's name, and the source of what its timers publish. */
  static final String NAME = "reminder-scheduler";

  private final Reminders reminders;
  private final ReminderTimers timers;
  private final ReminderTimes times;
  private final Clock clock;

  ReminderScheduler(Reminders reminders, ReminderTimers timers, ReminderTimes times, Clock clock) {
    this.reminders = reminders;
    this.timers = timers;
    this.times = times;
    this.clock = clock;
  }

  @Override
  public List<ReminderEvent> apply(Event<ReminderTrigger> event) {
    String taskId = Legible.id("task_id", event.data().taskId());
    return switch (event.data()) {
      case TaskCreated created -> {
        Task.Description description =
            Legible.description(created.ownerId(), created.title(), created.dueAt());
        Task task = reminders.lock(taskId);
        yield task.ended() || task.description() != null
            ? List.of()
            : begin(taskId, description, event);
      }
      case TaskUpdated updated -> {
        Task.Description description =
            Legible.description(updated.ownerId(), updated.title(), updated.dueAt());
        Task task = reminders.lock(taskId);
        if (task.ended()) {
          yield List.of();
        }
        yield task.description() == null
            ? begin(taskId, description, event)
            : update(taskId, task.description(), description, event);
      }
      case TaskCompleted completed -> end(taskId);
      case TaskDeleted deleted -> end(taskId);
    };
  }

  private List<ReminderEvent> begin(String taskId, Task.Description task, Event<?> event) {
    reminders.describe(taskId, task);
    return List.of(schedule(taskId, task, event));
  }

  private List<ReminderEvent> update(
      String taskId, Task.Description before, Task.Description after, Event<?> event) {
    if (after.equals(before)) {
      return List.of();
    }
    reminders.describe(taskId, after);
    boolean moved = !Objects.equals(before.dueAt(), after.dueAt());
    List<Reminder> pending = reminders.pending(taskId);
    if (pending.isEmpty()) {
      return moved && isAhead(after.dueAt()) ? List.of(schedule(taskId, after, event)) : List.of();
    }
    if (!moved) {
      Instant now = clock.instant();
      pending.forEach(reminder -> reminders.replace(reminder.described(after, now)));
      return List.of();
    }
    return List.of(move(pending.getFirst(), after, event));
  }

  /** The owner was reminded already: once more only where there is time again. */
  private boolean isAhead(@Nullable Instant dueAt) {
    return dueAt != null && times.remindAt(dueAt, clock.instant()).isAfter(clock.instant());
  }

  private ReminderScheduled schedule(String taskId, Task.Description task, Event<?> event) {
    Instant now = clock.instant();
    Reminder reminder =
        Reminder.scheduled(
            taskId,
            task,
            times.remindAt(task.dueAt(), now),
            origin(event, ReminderScheduled.TYPE),
            now);
    reminders.add(reminder);
    timers.set(reminder.id(), reminder.remindAt());
    return new ReminderScheduled(
        reminder.id().toString(), taskId, task.ownerId(), task.title(), reminder.remindAt());
  }

  private ReminderRescheduled move(Reminder before, Task.Description task, Event<?> event) {
    Instant now = clock.instant();
    Reminder after =
        before.moved(
            task, times.remindAt(task.dueAt(), now), origin(event, ReminderRescheduled.TYPE), now);
    reminders.replace(after);
    timers.move(after.id(), after.remindAt());
    return new ReminderRescheduled(
        after.id().toString(),
        after.taskId(),
        after.ownerId(),
        after.title(),
        after.remindAt(),
        before.remindAt());
  }

  private List<ReminderEvent> end(String taskId) {
    if (reminders.lock(taskId).ended()) {
      return List.of();
    }
    reminders.end(taskId);
    return reminders.pending(taskId).stream().map(this::cancel).toList();
  }

  private ReminderEvent cancel(Reminder reminder) {
    reminders.replace(reminder.cancelled(clock.instant()));
    timers.clear(reminder.id());
    return new ReminderCancelled(reminder.id().toString(), reminder.taskId(), reminder.ownerId());
  }

  /** The id that the framework will give to what this event makes the agent emit. */
  private static Reminder.Origin origin(Event<?> event, String emitted) {
    return new Reminder.Origin(
        event.metadata().correlationId(), EventIds.derive(NAME, event.eventId(), emitted, 0));
  }
}
