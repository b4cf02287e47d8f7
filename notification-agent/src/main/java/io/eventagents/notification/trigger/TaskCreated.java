package io.eventagents.notification.trigger;

import io.eventagents.EventTime;
import io.eventagents.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A task was created. */
@EventType("task.created")
public record TaskCreated(
    String taskId,
    String title,
    String ownerId,
    @Nullable Integer priority,
    @Nullable Instant dueAt)
    implements OwnerTrigger, TeamTrigger {

  /**
   * Some producers write a time for "never" that no calendar has. It becomes the nearest valid
   * time.
   */
  public TaskCreated {
    dueAt = dueAt == null ? null : EventTime.bounded(dueAt);
  }
}
