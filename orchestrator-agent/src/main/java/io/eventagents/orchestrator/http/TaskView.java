package io.eventagents.orchestrator.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.eventagents.orchestrator.followup.FollowUp;
import io.eventagents.orchestrator.task.Task;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A task as clients see it.
 *
 * @param followUps what should follow its events; omitted in lists and in answers to commands
 */
@JsonNaming(SnakeCaseStrategy.class)
record TaskView(
    String id,
    String title,
    String ownerId,
    int priority,
    @Nullable Instant dueAt,
    @Nullable String recurrence,
    @Nullable String timeZone,
    String status,
    Instant createdAt,
    Instant updatedAt,
    @JsonInclude(Include.NON_NULL) @Nullable List<FollowUpView> followUps) {

  static TaskView of(Task task) {
    return view(task, null);
  }

  static TaskView of(Task task, List<FollowUp> followUps) {
    return view(task, followUps.stream().map(FollowUpView::of).toList());
  }

  private static TaskView view(Task task, @Nullable List<FollowUpView> followUps) {
    return new TaskView(
        task.id(),
        task.title(),
        task.ownerId(),
        task.priority(),
        task.dueAt(),
        task.recurrence(),
        task.timeZone(),
        task.status().wireName(),
        task.createdAt(),
        task.updatedAt(),
        followUps);
  }
}
