package io.eventagents.scheduling;

import io.eventagents.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The task as it is after the change; without {@code due_at} it is due at no time. */
@EventType("task.updated")
record TaskUpdated(String taskId, String title, String ownerId, @Nullable Instant dueAt)
    implements ReminderTrigger {}
