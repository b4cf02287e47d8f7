package io.eventagents.notification;

import io.eventagents.EventType;
import org.jspecify.annotations.Nullable;

@EventType("task.completed")
record TaskCompleted(String taskId, @Nullable String title, @Nullable String ownerId)
    implements SlackTrigger {}
