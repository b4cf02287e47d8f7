package io.eventagents.notification.trigger;

import org.jspecify.annotations.Nullable;

/** An event that leads to messages. */
public sealed interface Trigger permits OwnerTrigger, TeamTrigger {

  /** The id of the task. */
  String taskId();

  /** The owner of the task; null if the event does not say. */
  @Nullable String ownerId();
}
