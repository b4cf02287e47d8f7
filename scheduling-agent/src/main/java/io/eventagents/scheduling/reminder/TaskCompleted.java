package io.eventagents.scheduling.reminder;

import io.eventagents.EventType;

@EventType("task.completed")
public record TaskCompleted(String taskId) implements ReminderTrigger {}
