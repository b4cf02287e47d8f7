package io.eventagents.scheduling.reminder;

import io.eventagents.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A task was changed; the event has its new state. */
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
