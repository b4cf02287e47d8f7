package io.eventagents.notification;

import io.eventagents.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@EventType("task.created")
record TaskCreated(
    String taskId,
    String title,
    String ownerId,
    @Nullable Integer priority,
    @Nullable Instant dueAt)
    implements EmailTrigger, SlackTrigger {}
