package io.eventagents.orchestrator.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The command to create a task. */
public record CreateTask(
    String title,
    String ownerId,
    int priority,
    @Nullable Instant dueAt,
    @Nullable String recurrence,
    @Nullable String timeZone) {}
