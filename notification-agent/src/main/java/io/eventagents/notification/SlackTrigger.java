package io.eventagents.notification;

/** What is posted to the channel. */
sealed interface SlackTrigger permits TaskCreated, TaskCompleted {

  String taskId();
}
