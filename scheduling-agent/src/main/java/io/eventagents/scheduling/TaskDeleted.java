package io.eventagents.scheduling;

import io.eventagents.EventType;

@EventType("task.deleted")
record TaskDeleted(String taskId) implements ReminderTrigger {}
