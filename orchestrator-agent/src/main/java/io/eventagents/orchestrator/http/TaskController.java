package io.eventagents.orchestrator.http;

import io.eventagents.CorrelationId;
import io.eventagents.http.InvalidRequest;
import io.eventagents.http.JsonBody;
import io.eventagents.http.PageLimit;
import io.eventagents.orchestrator.followup.FollowUp;
import io.eventagents.orchestrator.followup.FollowUpStore;
import io.eventagents.orchestrator.task.StoredEvent;
import io.eventagents.orchestrator.task.Task;
import io.eventagents.orchestrator.task.TaskCursor;
import io.eventagents.orchestrator.task.TaskFilter;
import io.eventagents.orchestrator.task.TaskHistory;
import io.eventagents.orchestrator.task.TaskStatus;
import io.eventagents.orchestrator.task.Tasks;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tasks over HTTP. {@link TaskApiDocument} describes it to clients. */
@Hidden
@RestController
@RequestMapping("/tasks")
public final class TaskController {

  private static final int LARGEST_PAGE = 500;
  private static final int MOST_FOLLOW_UPS = 100;

  /** For each event. */
  private static final int MOST_FOLLOWERS = 100;

  /** For all events of a page. */
  private static final long FOLLOWERS_BYTES = 8L * 1024 * 1024;

  private static final byte[] NOTHING = {};

  private final Tasks tasks;
  private final IdempotencyKeys keys;
  private final TaskHistory history;
  private final FollowUpStore followUps;
  private final boolean requireIfMatch;

  /**
   * @param requireIfMatch whether a change must name the state that it was made for
   */
  public TaskController(
      Tasks tasks,
      IdempotencyKeys keys,
      TaskHistory history,
      FollowUpStore followUps,
      boolean requireIfMatch) {
    this.tasks = tasks;
    this.keys = keys;
    this.history = history;
    this.followUps = followUps;
    this.requireIfMatch = requireIfMatch;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> create(
      @RequestBody(required = false) byte @Nullable [] body,
      HttpServletRequest request,
      CorrelationId correlation) {
    return answer(
        request,
        body,
        asked ->
            StoredAnswer.created(
                tasks.create(
                    TaskRequest.create(JsonBody.read(asked.body()), tasks.now()), correlation)));
  }

  @PostMapping(path = "/bulk", consumes = BulkLines.MEDIA_TYPE)
  ResponseEntity<byte[]> createAll(
      @RequestBody(required = false) byte @Nullable [] body,
      HttpServletRequest request,
      CorrelationId correlation) {
    return answer(
        request,
        body,
        asked -> {
          BulkLines lines = BulkLines.read(asked.body(), tasks.now());
          return StoredAnswer.lines(lines.answers(tasks.createAll(lines.commands(), correlation)));
        });
  }

  @GetMapping("/{id}")
  ResponseEntity<TaskView> show(@PathVariable String id) {
    Task task = tasks.find(id);
    List<FollowUp> known = followUps.ofTask(id, MOST_FOLLOW_UPS);
    return ResponseEntity.ok()
        .eTag(TaskTag.of(task, known).header())
        .body(TaskView.of(task, known));
  }

  @GetMapping("/{id}/events")
  TaskEventsView events(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String cursor,
      @RequestParam(defaultValue = "100") int limit) {
    PageLimit.check(limit, LARGEST_PAGE);
    tasks.refuseUnknown(id);
    long after = cursor.isEmpty() ? 0 : TaskCursor.decode(cursor).position();
    List<StoredEvent> found = history.of(id, after, limit + 1);
    boolean more = found.size() > limit;
    List<StoredEvent> shown = more ? found.subList(0, limit) : found;
    return TaskEventsView.of(
        shown,
        followUps.followersOf(
            shown.stream().map(StoredEvent::eventId).toList(), MOST_FOLLOWERS, FOLLOWERS_BYTES),
        more);
  }

  @GetMapping
  TaskListView list(
      @RequestParam(name = "owner_id", defaultValue = "") String ownerId,
      @RequestParam(defaultValue = "") String status,
      @RequestParam(defaultValue = "") String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    PageLimit.check(limit, LARGEST_PAGE);
    TaskFilter filter =
        new TaskFilter(
            ownerId.isEmpty() ? null : TaskRequest.ownerId(ownerId),
            status.isEmpty()
                ? null
                : TaskStatus.of(status)
                    .orElseThrow(
                        () ->
                            new InvalidRequest(
                                "status", "must be one of " + TaskStatus.wireNames())));
    return TaskListView.of(
        tasks.list(filter, cursor.isEmpty() ? TaskCursor.START : TaskCursor.decode(cursor), limit));
  }

  @PatchMapping(
      path = "/{id}",
      consumes = {"application/merge-patch+json", MediaType.APPLICATION_JSON_VALUE})
  ResponseEntity<byte[]> change(
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] body,
      HttpServletRequest request,
      CorrelationId correlation) {
    return answer(
        request,
        body,
        asked ->
            StoredAnswer.changed(
                tasks.change(
                    id,
                    TaskRequest.change(JsonBody.read(asked.body())),
                    precondition(asked),
                    correlation)));
  }

  @PostMapping("/{id}/complete")
  ResponseEntity<byte[]> complete(
      @PathVariable String id, HttpServletRequest request, CorrelationId correlation) {
    return answer(
        request,
        NOTHING,
        asked -> StoredAnswer.changed(tasks.complete(id, precondition(asked), correlation)));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<byte[]> delete(
      @PathVariable String id, HttpServletRequest request, CorrelationId correlation) {
    return answer(
        request,
        NOTHING,
        asked -> {
          tasks.delete(id, precondition(asked), correlation);
          return StoredAnswer.deleted();
        });
  }

  private Consumer<Task> precondition(CommandRequest asked) {
    return task -> asked.precondition().check(task, requireIfMatch);
  }

  /** Recognizes a repeat before it reads the body: what was valid then may be invalid now. */
  private ResponseEntity<byte[]> answer(
      HttpServletRequest request,
      byte @Nullable [] body,
      Function<CommandRequest, StoredAnswer> command) {
    CommandRequest asked = CommandRequest.of(request, body == null ? NOTHING : body);
    return keys.once(asked.repeat(), () -> command.apply(asked)).response();
  }
}
