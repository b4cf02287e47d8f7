package io.eventagents.orchestrator.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list of tasks, newest first.
 *
 * @param next where the next page begins; null on the last page
 */
public record TaskPage(List<Task> tasks, @Nullable TaskCursor next) {}
