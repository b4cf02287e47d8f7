package io.eventagents.notification.trigger;

import org.jspecify.annotations.Nullable;

/** What somebody is told about. */
public sealed interface Trigger permits OwnerTrigger, TeamTrigger {

  /** The task concerned. */
  String taskId();

  /** Whose task it is; null where the event does not say. */
  @Nullable String ownerId();
}
