package io.eventagents.notification.trigger;

import io.eventagents.EventTime;
import io.eventagents.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A task is there. */
@EventType("task.created")
public record TaskCreated(
    String taskId,
    String title,
    String ownerId,
    @Nullable Integer priority,
    @Nullable Instant dueAt)
    implements OwnerTrigger, TeamTrigger {

  /** A time that no calendar has, as some producers write for never, becomes the nearest one. */
  public TaskCreated {
    dueAt = dueAt == null ? null : EventTime.bounded(dueAt);
  }
}
