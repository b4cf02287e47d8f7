package io.eventagents.scheduling.reminder;

import io.eventagents.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A new task.
 *
 * @param priority null where its producer knows none
 * @param recurrence a rule of RFC 5545 by which it is due again; null where it is due once
 * @param timeZone whose clocks the rule and working hours are read by, such as {@code
 *     Europe/Berlin}
 */
@EventType("task.created")
public record TaskCreated(
    String taskId,
    String title,
    String ownerId,
    @Nullable Integer priority,
    @Nullable Instant dueAt,
    @Nullable String recurrence,
    @Nullable String timeZone)
    implements ReminderTrigger {}
