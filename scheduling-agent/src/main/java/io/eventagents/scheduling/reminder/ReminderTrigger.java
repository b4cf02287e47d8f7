package io.eventagents.scheduling.reminder;

/** An event that sets, moves or cancels the reminders of a task. */
public sealed interface ReminderTrigger
    permits TaskCreated, TaskUpdated, TaskCompleted, TaskDeleted {

  String taskId();
}
