package io.eventagents.orchestrator;

import io.eventagents.CorrelationId;
import io.eventagents.orchestrator.TaskRejection.DeletedTask;
import io.eventagents.orchestrator.TaskRejection.FieldError;
import io.eventagents.orchestrator.TaskRejection.FinishedTask;
import io.eventagents.orchestrator.TaskRejection.InvalidInput;
import io.eventagents.orchestrator.TaskRejection.UnknownTask;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tasks over HTTP. */
@RestController
@RequestMapping("/tasks")
final class TaskController {

  private static final Logger log = LoggerFactory.getLogger(TaskController.class);
  private static final int LARGEST_PAGE = 500;

  private final Tasks tasks;

  TaskController(Tasks tasks) {
    this.tasks = tasks;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<CreatedView> create(
      @RequestBody(required = false) byte @Nullable [] body, CorrelationId correlation) {
    Task task = tasks.create(TaskInput.create(read(body), tasks.now()), correlation);
    return ResponseEntity.created(URI.create("/tasks/" + task.id())).body(CreatedView.of(task));
  }

  @GetMapping("/{id}")
  TaskView show(@PathVariable String id) {
    return TaskView.of(tasks.find(id));
  }

  @GetMapping
  TaskListView list(
      @RequestParam(name = "owner_id", defaultValue = "") String ownerId,
      @RequestParam(defaultValue = "") String status,
      @RequestParam(defaultValue = "") String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    if (limit < 1 || limit > LARGEST_PAGE) {
      throw invalid("limit", "must be a whole number from 1 to " + LARGEST_PAGE);
    }
    TaskFilter filter =
        new TaskFilter(
            ownerId.isEmpty() ? null : TaskInput.ownerId(ownerId),
            status.isEmpty()
                ? null
                : TaskStatus.of(status)
                    .orElseThrow(
                        () -> invalid("status", "must be one of " + TaskStatus.wireNames())));
    return TaskListView.of(
        tasks.list(filter, cursor.isEmpty() ? TaskCursor.START : TaskCursor.decode(cursor), limit));
  }

  @PatchMapping(
      path = "/{id}",
      consumes = {"application/merge-patch+json", MediaType.APPLICATION_JSON_VALUE})
  TaskView change(
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] body,
      CorrelationId correlation) {
    return TaskView.of(tasks.change(id, TaskInput.change(read(body)), correlation));
  }

  @PostMapping("/{id}/complete")
  TaskView complete(@PathVariable String id, CorrelationId correlation) {
    return TaskView.of(tasks.complete(id, correlation));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String id, CorrelationId correlation) {
    tasks.delete(id, correlation);
  }

  @ExceptionHandler
  ProblemDetail refused(TaskRejection rejection) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            switch (rejection) {
              case InvalidInput ignored -> HttpStatus.BAD_REQUEST;
              case UnknownTask ignored -> HttpStatus.NOT_FOUND;
              case FinishedTask ignored -> HttpStatus.CONFLICT;
              case DeletedTask ignored -> HttpStatus.GONE;
            },
            rejection.getMessage());
    if (rejection instanceof InvalidInput invalid && !invalid.errors().isEmpty()) {
      problem.setProperty("errors", invalid.errors());
    }
    return problem;
  }

  @ExceptionHandler({
    TransactionException.class,
    DataAccessResourceFailureException.class,
    TransientDataAccessException.class
  })
  ResponseEntity<ProblemDetail> unavailable(Exception failure) {
    log.warn("The database did not answer: {}", failure.getMessage());
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header("Retry-After", "5")
        .body(
            ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE,
                "The database does not answer just now. Look whether it was stored, and try again."));
  }

  private static JsonObject read(byte @Nullable [] body) {
    return JsonObject.read(body == null ? new byte[0] : body);
  }

  private static InvalidInput invalid(String parameter, String message) {
    return new InvalidInput(List.of(new FieldError(parameter, message)));
  }
}
