package io.eventagents.orchestrator.http;

import io.eventagents.orchestrator.task.TaskCursor;
import io.eventagents.orchestrator.task.TaskPage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A page of tasks as clients see it. */
@JsonNaming(SnakeCaseStrategy.class)
record TaskListView(List<TaskView> tasks, @Nullable String nextCursor) {

  static TaskListView of(TaskPage page) {
    TaskCursor next = page.next();
    return new TaskListView(
        page.tasks().stream().map(TaskView::of).toList(), next == null ? null : next.encoded());
  }
}
