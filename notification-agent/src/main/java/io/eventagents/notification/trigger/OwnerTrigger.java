package io.eventagents.notification.trigger;

/** What the owner of a task is told about. */
public sealed interface OwnerTrigger extends Trigger permits TaskCreated, ReminderDue {

  @Override
  String ownerId();
}
