package io.eventagents.notification.trigger;

import io.eventagents.EventTime;
import io.eventagents.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A task waits for its owner. */
@EventType("reminder.due")
public record ReminderDue(String taskId, String ownerId, String title, @Nullable Instant dueAt)
    implements OwnerTrigger {

  /** A time that no calendar has, as some producers write for never, becomes the nearest one. */
  public ReminderDue {
    dueAt = dueAt == null ? null : EventTime.bounded(dueAt);
  }
}
