package io.eventagents.orchestrator.task;

import org.jspecify.annotations.Nullable;

/**
 * Selects the tasks of a list.
 *
 * @param ownerId only tasks of this owner; null for all
 * @param status only tasks in this status; null for all that are not deleted
 */
public record TaskFilter(@Nullable String ownerId, @Nullable TaskStatus status) {}
