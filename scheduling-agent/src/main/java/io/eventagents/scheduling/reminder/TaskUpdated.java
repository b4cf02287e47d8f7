package io.eventagents.scheduling.reminder;

import io.eventagents.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The task as it is after the change. */
@EventType("task.updated")
public record TaskUpdated(
    String taskId,
    String title,
    String ownerId,
    @Nullable Integer priority,
    @Nullable Instant dueAt,
    @Nullable String recurrence,
    @Nullable String timeZone)
    implements ReminderTrigger, TaskDescribed {}
