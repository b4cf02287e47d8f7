package io.eventagents.faults;

import io.eventagents.EventIds;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The events with which the scheduler answers those of one task, read in this order. */
final class ReminderHistory {

  private static final String AGENT = "reminder-scheduler";
  private static final String CANCELLED = "reminder.cancelled";

  private final Map<String, String> answers = new HashMap<>();
  private final List<EventRecord> events;
  private @Nullable String dueAt;
  private @Nullable String cancellation;

  ReminderHistory(List<EventRecord> events) {
    this.events = events;
    boolean isFirst = true;
    boolean isOver = false;
    for (EventRecord event : events) {
      if (isOver) {
        continue;
      }
      if (event.type().equals("task.completed") || event.type().equals("task.deleted")) {
        isOver = true;
        if (!isFirst) {
          end(event);
        }
      } else if (isFirst) {
        answer(event, "reminder.scheduled");
        dueAt = event.data("due_at");
        isFirst = false;
      } else if (!event.data("due_at").equals(dueAt)) {
        answer(event, "reminder.rescheduled");
        dueAt = event.data("due_at");
      }
    }
  }

  /** The events that must follow, by id, each with a description. */
  Map<String, String> answers() {
    return answers;
  }

  /**
   * Whether the task has no due time: the reminder then comes after seconds, unless the task ends
   * first.
   */
  boolean isSoon() {
    return "".equals(dueAt);
  }

  /** The id of the event that follows if the task ends before its reminder is due. */
  @Nullable String cancellation() {
    return cancellation;
  }

  /** The ids of events that might follow, whatever the order of reading. */
  Set<String> possible() {
    Set<String> possible = new HashSet<>();
    for (EventRecord event : events) {
      for (String type : List.of("reminder.scheduled", "reminder.rescheduled", CANCELLED)) {
        possible.add(id(event, type));
      }
    }
    return possible;
  }

  private void end(EventRecord event) {
    if (isSoon()) {
      cancellation = id(event, CANCELLED);
    } else {
      answer(event, CANCELLED);
    }
  }

  private void answer(EventRecord event, String type) {
    answers.put(id(event, type), "%s of %s, caused by %s".formatted(type, AGENT, event));
  }

  private static String id(EventRecord event, String type) {
    return EventIds.derive(AGENT, event.eventId(), type, 0);
  }
}
