package io.eventagents.scheduling.reminder;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import io.eventagents.Personal;

/** The task ended before its reminder's time. */
@EventType("reminder.cancelled")
public record ReminderCancelled(
    String reminderId, @EntityKey String taskId, @Personal String ownerId)
    implements ReminderEvent {}
