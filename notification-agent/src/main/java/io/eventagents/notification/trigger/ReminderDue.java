package io.eventagents.notification.trigger;

import io.eventagents.EventTime;
import io.eventagents.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A task waits for its owner. */
@EventType("reminder.due")
public record ReminderDue(String taskId, String ownerId, String title, @Nullable Instant dueAt)
    implements OwnerTrigger {

  /**
   * Some producers write a time for "never" that no calendar has. It becomes the nearest valid
   * time.
   */
  public ReminderDue {
    dueAt = dueAt == null ? null : EventTime.bounded(dueAt);
  }
}
