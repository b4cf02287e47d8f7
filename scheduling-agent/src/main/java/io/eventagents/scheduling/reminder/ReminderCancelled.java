package io.eventagents.scheduling.reminder;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import io.eventagents.Personal;

/** A reminder will not come: its task ended, or needs fewer reminders. */
@EventType("reminder.cancelled")
public record ReminderCancelled(
    String reminderId, @EntityKey String taskId, @Personal String ownerId)
    implements ReminderEvent {}
