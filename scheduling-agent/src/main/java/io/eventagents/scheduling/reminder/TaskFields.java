package io.eventagents.scheduling.reminder;

import io.eventagents.EventTime;
import io.eventagents.RejectedEvent;
import io.eventagents.recurrence.InvalidRecurrence;
import io.eventagents.recurrence.Recurrence;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Checks the fields that other programs write, and makes them fit for a table and a calendar. */
public final class TaskFields {

  private static final int LONGEST_ID = 255;
  private static final int LONGEST_TITLE = 2_000;
  private static final int USUAL_PRIORITY = 1;

  private TaskFields() {}

  /** Whether the text could be the id of a task or an owner. */
  public static boolean isId(String value) {
    return !value.isBlank()
        && value.length() <= LONGEST_ID
        && value.codePoints().noneMatch(TaskFields::isIllegible);
  }

  /**
   * Checks that the text could be an id, and returns it.
   *
   * @throws RejectedEvent if it could not
   */
  static String id(String field, String value) {
    if (!isId(value)) {
      throw new RejectedEvent(
          "%s must have 1 to %d characters, none of them a control character"
              .formatted(field, LONGEST_ID));
    }
    return value;
  }

  /**
   * The description of a task. Control characters in the title become blanks, and a title that is
   * too long is cut. The due time becomes the nearest one that a table and a calendar can hold.
   *
   * @throws RejectedEvent if the owner, the rule or the zone is not valid
   */
  static ScheduledTask.Description description(TaskDescribed task) {
    Instant dueAt = task.dueAt();
    String recurrence = task.recurrence();
    String timeZone = task.timeZone();
    if (recurrence != null && dueAt == null) {
      throw new RejectedEvent("recurrence needs due_at, the first time that the task is due");
    }
    return new ScheduledTask.Description(
        id("owner_id", task.ownerId()),
        title(task.title()),
        // The precision of the database, so that both compare equal.
        dueAt == null ? null : EventTime.bounded(dueAt).truncatedTo(ChronoUnit.MICROS),
        priority(task.priority()),
        recurrence == null ? null : recurrence(recurrence),
        timeZone == null ? null : zone(timeZone));
  }

  private static int priority(@Nullable Integer priority) {
    if (priority == null) {
      return USUAL_PRIORITY;
    }
    if (priority < Short.MIN_VALUE || priority > Short.MAX_VALUE) {
      throw new RejectedEvent("priority must be a small number, not " + priority);
    }
    return priority;
  }

  private static String recurrence(String text) {
    try {
      return Recurrence.of(text).toString();
    } catch (InvalidRecurrence e) {
      throw new RejectedEvent("recurrence " + e.reason());
    }
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new RejectedEvent("time_zone must be the name of one, such as Europe/Berlin");
    }
  }

  private static String title(String title) {
    StringBuilder readable = new StringBuilder();
    title
        .codePoints()
        .limit(LONGEST_TITLE)
        .forEach(character -> readable.appendCodePoint(isIllegible(character) ? ' ' : character));
    return readable.toString().strip();
  }

  private static boolean isIllegible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
