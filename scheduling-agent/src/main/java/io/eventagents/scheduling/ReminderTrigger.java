package io.eventagents.scheduling;

/** What sets, moves or cancels the reminders of a task. */
sealed interface ReminderTrigger permits TaskCreated, TaskUpdated, TaskCompleted, TaskDeleted {

  String taskId();
}
