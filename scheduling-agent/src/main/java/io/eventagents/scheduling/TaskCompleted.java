package io.eventagents.scheduling;

import io.eventagents.EventType;

@EventType("task.completed")
record TaskCompleted(String taskId) implements ReminderTrigger {}
