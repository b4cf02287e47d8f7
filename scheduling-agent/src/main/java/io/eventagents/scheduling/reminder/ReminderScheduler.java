package io.eventagents.scheduling.reminder;

import io.eventagents.Agent;
import io.eventagents.Effects;
import io.eventagents.Event;
import io.eventagents.RejectedEvent;
import io.eventagents.recurrence.InvalidRecurrence;
import io.eventagents.scheduling.reminder.ScheduledTask.Planned;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Sets the reminders of each task, moves them with the task's due time and cancels them when the
 * task ends.
 *
 * <p>Events may be repeated and come in any order: the first event that describes a task sets its
 * reminders, and none does after the task has ended.
 */
@Agent(effects = Effects.DATABASE)
public final class ReminderScheduler
    implements Function<Event<ReminderTrigger>, List<ReminderEvent>> {

  /** The agent's name, and the source of the events of its timers. */
  public static final String NAME = "reminder-scheduler";

  private final Reminders reminders;
  private final ReminderTimes times;
  private final DueTimes dueTimes;
  private final Clock clock;

  public ReminderScheduler(Reminders reminders, ReminderTimes times, Clock clock) {
    this.reminders = reminders;
    this.times = times;
    this.dueTimes = new DueTimes(times);
    this.clock = clock;
  }

  @Override
  public List<ReminderEvent> apply(Event<ReminderTrigger> event) {
    String taskId = TaskFields.id("task_id", event.data().taskId());
    EmittedOrigins origins = new EmittedOrigins(event.metadata().correlationId(), event.eventId());
    return switch (event.data()) {
      case TaskCreated created -> describe(taskId, created, false, origins);
      case TaskUpdated updated -> describe(taskId, updated, true, origins);
      case TaskCompleted completed -> end(taskId);
      case TaskDeleted deleted -> end(taskId);
    };
  }

  /**
   * @param isNews whether the event counts if the task is known already
   */
  private List<ReminderEvent> describe(
      String taskId, TaskDescribed data, boolean isNews, EmittedOrigins origins) {
    ScheduledTask.Description description = TaskFields.description(data);
    ScheduledTask task = reminders.lock(taskId);
    ScheduledTask.Description known = task.description();
    if (task.ended()) {
      return List.of();
    }
    if (known == null) {
      return begin(taskId, description, origins);
    }
    return isNews ? update(task, known, description, origins) : List.of();
  }

  private List<ReminderEvent> begin(
      String taskId, ScheduledTask.Description task, EmittedOrigins origins) {
    Instant now = clock.instant();
    Planned planned = new Planned(taskId, task, firstDue(task, now));
    reminders.describe(planned);
    return times.remindAt(task, planned.due().at(), now).stream()
        .<ReminderEvent>map(at -> schedule(planned, at, origins, now))
        .toList();
  }

  private List<ReminderEvent> update(
      ScheduledTask task,
      ScheduledTask.Description before,
      ScheduledTask.Description after,
      EmittedOrigins origins) {
    if (after.equals(before)) {
      return List.of();
    }
    Instant now = clock.instant();
    boolean isDueAnew = isDueAnew(before, after);
    Planned planned =
        new Planned(task.id(), after, isDueAnew ? firstDue(after, now) : task.occurrence());
    reminders.describe(planned);
    List<Reminder> pending = reminders.pending(task.id());
    if (!isDueAnew
        && times.leads().of(before.priority()).equals(times.leads().of(after.priority()))) {
      pending.forEach(
          it -> {
            ScheduledTask.Due due = new ScheduledTask.Due(it.occurrence(), it.dueAt());
            reminders.replace(it.described(new Planned(task.id(), after, due), now));
          });
      return List.of();
    }
    return plan(planned, pending, isDueAnew, origins, now);
  }

  private static boolean isDueAnew(
      ScheduledTask.Description before, ScheduledTask.Description after) {
    return !Objects.equals(before.dueAt(), after.dueAt())
        || !Objects.equals(before.recurrence(), after.recurrence())
        || !Objects.equals(before.zone(), after.zone());
  }

  /**
   * Turns the last pending reminder into the last one that is wanted, and so on backwards; then
   * cancels the pending ones that are left over, or adds those that are missing.
   */
  private List<ReminderEvent> plan(
      Planned planned,
      List<Reminder> pending,
      boolean isDueAnew,
      EmittedOrigins origins,
      Instant now) {
    List<Instant> wanted = wanted(planned, pending, now);
    int kept = Math.min(pending.size(), wanted.size());
    int cancelled = pending.size() - kept;
    int added = wanted.size() - kept;
    List<ReminderEvent> events = new ArrayList<>();
    pending.subList(0, cancelled).forEach(it -> events.add(cancel(it)));
    wanted.subList(0, added).forEach(at -> events.add(schedule(planned, at, origins, now)));
    for (int i = 0; i < kept; i++) {
      Reminder reminder = pending.get(cancelled + i);
      Instant at = wanted.get(added + i);
      if (isDueAnew || !at.equals(reminder.remindAt())) {
        events.add(move(reminder, planned, at, origins, now));
      } else {
        reminders.replace(reminder.described(planned, now));
      }
    }
    return events;
  }

  /** If all reminders have fired, the owner is reminded again only if there is time. */
  private List<Instant> wanted(Planned planned, List<Reminder> pending, Instant now) {
    Instant dueAt = planned.due().at();
    if (!pending.isEmpty()) {
      return times.remindAt(planned.task(), dueAt, now);
    }
    return dueAt == null ? List.of() : times.ahead(planned.task(), dueAt, now);
  }

  private ReminderScheduled schedule(
      Planned planned, Instant at, EmittedOrigins origins, Instant now) {
    Reminder reminder = Reminder.scheduled(planned, at, origins.next(ReminderScheduled.TYPE), now);
    reminders.add(reminder);
    return ReminderScheduled.of(reminder);
  }

  private ReminderRescheduled move(
      Reminder before, Planned planned, Instant at, EmittedOrigins origins, Instant now) {
    Reminder after = before.moved(planned, at, origins.next(ReminderRescheduled.TYPE), now);
    reminders.replace(after);
    return ReminderRescheduled.of(after, after.remindAt(), before.remindAt());
  }

  private List<ReminderEvent> end(String taskId) {
    if (reminders.lock(taskId).ended()) {
      return List.of();
    }
    reminders.end(taskId, clock.instant());
    return reminders.pending(taskId).stream().map(this::cancel).toList();
  }

  private ReminderEvent cancel(Reminder reminder) {
    reminders.replace(reminder.cancelled(clock.instant()));
    return new ReminderCancelled(reminder.id().toString(), reminder.taskId(), reminder.ownerId());
  }

  private ScheduledTask.Due firstDue(ScheduledTask.Description task, Instant now) {
    try {
      return dueTimes.first(task, now);
    } catch (InvalidRecurrence e) {
      throw new RejectedEvent("recurrence " + e.reason());
    }
  }
}
