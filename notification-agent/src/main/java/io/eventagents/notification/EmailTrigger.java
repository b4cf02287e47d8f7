package io.eventagents.notification;

/** What the owner of a task gets a mail about. */
sealed interface EmailTrigger permits TaskCreated, ReminderDue {

  String taskId();

  String ownerId();
}
