package io.eventagents.scheduling;

import io.eventagents.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@EventType("task.created")
record TaskCreated(String taskId, String title, String ownerId, @Nullable Instant dueAt)
    implements ReminderTrigger {}
