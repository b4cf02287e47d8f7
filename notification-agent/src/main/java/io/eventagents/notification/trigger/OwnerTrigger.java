package io.eventagents.notification.trigger;

/** An event that the owner of a task is notified about. */
public sealed interface OwnerTrigger extends Trigger permits TaskCreated, ReminderDue {

  @Override
  String ownerId();
}
