package io.eventagents.orchestrator.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the tasks that were asked for, newest first.
 *
 * @param next where it goes on; null on the last page
 */
public record TaskPage(List<Task> tasks, @Nullable TaskCursor next) {}
