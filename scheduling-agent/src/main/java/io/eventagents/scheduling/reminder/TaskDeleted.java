package io.eventagents.scheduling.reminder;

import io.eventagents.EventType;

@EventType("task.deleted")
public record TaskDeleted(String taskId) implements ReminderTrigger {}
