package io.eventagents.scheduling;

import io.eventagents.EntityKey;
import io.eventagents.EventType;

/** The task ended before its reminder's time. */
@EventType("reminder.cancelled")
record ReminderCancelled(String reminderId, @EntityKey String taskId, String ownerId)
    implements ReminderEvent {}
