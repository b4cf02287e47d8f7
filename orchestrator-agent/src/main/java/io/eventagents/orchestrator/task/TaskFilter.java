package io.eventagents.orchestrator.task;

import org.jspecify.annotations.Nullable;

/**
 * Which tasks a list shows.
 *
 * @param ownerId of this owner only; null for all
 * @param status in this status only; null for all that are not deleted
 */
public record TaskFilter(@Nullable String ownerId, @Nullable TaskStatus status) {}
