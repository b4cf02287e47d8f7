package io.eventagents.scheduling.reminder;

import io.eventagents.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A new task. */
@EventType("task.created")
public record TaskCreated(
    String taskId,
    String title,
    String ownerId,
    @Nullable Integer priority,
    @Nullable Instant dueAt,
    @Nullable String recurrence,
    @Nullable String timeZone)
    implements ReminderTrigger, TaskDescribed {}
