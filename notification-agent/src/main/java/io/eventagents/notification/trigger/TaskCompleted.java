package io.eventagents.notification.trigger;

import io.eventagents.EventType;
import org.jspecify.annotations.Nullable;

/** A task was completed. */
@EventType("task.completed")
public record TaskCompleted(String taskId, @Nullable String title, @Nullable String ownerId)
    implements TeamTrigger {}
