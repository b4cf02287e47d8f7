package io.eventagents.scheduling.reminder;

import java.util.UUID;

/** A reminder cannot be shown or snoozed. Nothing was stored and nothing published. */
abstract sealed class SnoozeRejection extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private SnoozeRejection(String message) {
    super(message);
  }

  /** There is no reminder of this id. */
  static final class UnknownReminder extends SnoozeRejection {

    private static final long serialVersionUID = 1L;

    UnknownReminder(UUID id) {
      super("There is no reminder " + id + ".");
    }
  }

  /** The task has ended, or the reminder is cancelled. */
  static final class EndedReminder extends SnoozeRejection {

    private static final long serialVersionUID = 1L;

    EndedReminder(String taskId) {
      super(
          "Nobody is reminded of task %s any more: it has ended, or the reminder is cancelled."
              .formatted(taskId));
    }
  }
}
