package io.eventagents.notification;

import io.eventagents.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@EventType("reminder.due")
record ReminderDue(String taskId, String ownerId, String title, @Nullable Instant dueAt)
    implements EmailTrigger {}
