package io.eventagents.orchestrator.http;

import io.eventagents.http.InvalidRequest;
import io.eventagents.orchestrator.task.TaskRejection;
import io.eventagents.orchestrator.task.TaskRejection.DeletedTask;
import io.eventagents.orchestrator.task.TaskRejection.FinishedTask;
import io.eventagents.orchestrator.task.TaskRejection.UnfitTask;
import io.eventagents.orchestrator.task.TaskRejection.UnknownTask;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers commands that a task refuses with problem documents. */
@RestControllerAdvice(assignableTypes = TaskController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class TaskProblems {

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(TaskRejection rejection) {
    HttpStatus status = status(rejection);
    ProblemDetail problem =
        rejection instanceof UnfitTask unfit
            ? new InvalidRequest(unfit.field(), unfit.expected()).getBody()
            : ProblemDetail.forStatusAndDetail(status, rejection.getMessage());
    return ResponseEntity.status(status).body(problem);
  }

  private static HttpStatus status(TaskRejection rejection) {
    return switch (rejection) {
      case UnfitTask ignored -> HttpStatus.BAD_REQUEST;
      case UnknownTask ignored -> HttpStatus.NOT_FOUND;
      case FinishedTask ignored -> HttpStatus.CONFLICT;
      case DeletedTask ignored -> HttpStatus.GONE;
    };
  }
}
