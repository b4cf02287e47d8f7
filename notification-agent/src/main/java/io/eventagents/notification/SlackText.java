package io.eventagents.notification;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What a post says, in Slack's mrkdwn. */
final class SlackText {

  private static final int LONGEST_TITLE = 300;
  private static final int LONGEST_ID = 100;

  private SlackText() {}

  static String about(SlackTrigger trigger) {
    return switch (trigger) {
      case TaskCreated task ->
          "New task: *%s* (%sowner %s%s)"
              .formatted(
                  title(task.title(), task.taskId()),
                  task.priority() == null ? "" : "priority " + task.priority() + ", ",
                  id(task.ownerId()),
                  due(task.dueAt()));
      case TaskCompleted task ->
          "Task completed: *%s*%s"
              .formatted(
                  title(task.title(), task.taskId()),
                  task.ownerId() == null ? "" : " (owner " + id(task.ownerId()) + ")");
    };
  }

  private static String title(@Nullable String title, String taskId) {
    return escaped(OneLine.of(title == null ? taskId : title, LONGEST_TITLE));
  }

  private static String id(String id) {
    return escaped(OneLine.of(id, LONGEST_ID));
  }

  private static String due(@Nullable Instant at) {
    return at == null ? "" : ", due " + at.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Slack's three control characters: unescaped, a title could mention the whole channel. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
