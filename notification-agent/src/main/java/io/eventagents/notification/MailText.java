package io.eventagents.notification;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a mail says. */
record MailText(String subject, String body) {

  private static final int LONGEST_TITLE_IN_SUBJECT = 150;
  private static final int LONGEST_TITLE = 2_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEEE d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  static MailText about(EmailTrigger trigger) {
    return switch (trigger) {
      case TaskCreated task ->
          new MailText(
              subject("New task", task.title()),
              "A task was created for you.\n\n"
                  + line("Title", task.title())
                  + (task.priority() == null ? "" : line("Priority", task.priority().toString()))
                  + due(task.dueAt())
                  + line("Task", task.taskId()));
      case ReminderDue reminder ->
          new MailText(
              subject("Reminder", reminder.title()),
              "A task of yours is waiting.\n\n"
                  + line("Title", reminder.title())
                  + due(reminder.dueAt())
                  + line("Task", reminder.taskId()));
    };
  }

  private static String subject(String what, String title) {
    return what + ": " + OneLine.of(title, LONGEST_TITLE_IN_SUBJECT);
  }

  private static String due(@Nullable Instant at) {
    return at == null ? "" : line("Due", TIME.format(at));
  }

  private static String line(String name, String value) {
    return "%-10s%s\n".formatted(name + ":", OneLine.of(value, LONGEST_TITLE));
  }
}
