package io.eventagents.orchestrator.http;

import io.eventagents.http.InvalidRequest;
import io.eventagents.orchestrator.task.TaskRejection;
import io.eventagents.orchestrator.task.TaskRejection.DeletedTask;
import io.eventagents.orchestrator.task.TaskRejection.FinishedTask;
import io.eventagents.orchestrator.task.TaskRejection.KeyInUse;
import io.eventagents.orchestrator.task.TaskRejection.KeyReused;
import io.eventagents.orchestrator.task.TaskRejection.StaleTask;
import io.eventagents.orchestrator.task.TaskRejection.TooManyLines;
import io.eventagents.orchestrator.task.TaskRejection.UnconditionalChange;
import io.eventagents.orchestrator.task.TaskRejection.UnfitTask;
import io.eventagents.orchestrator.task.TaskRejection.UnknownTask;
import io.eventagents.orchestrator.task.TaskStatus;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Makes problem documents of what {@link TaskController} refuses and cannot do. */
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
    HttpHeaders headers = new HttpHeaders();
    if (rejection instanceof StaleTask stale && stale.task().status() != TaskStatus.DELETED) {
      headers.setETag(TaskTag.of(stale.task()).header());
    }
    if (rejection instanceof KeyInUse) {
      headers.set(HttpHeaders.RETRY_AFTER, "1");
    }
    return ResponseEntity.status(status).headers(headers).body(problem);
  }

  private static HttpStatus status(TaskRejection rejection) {
    return switch (rejection) {
      case UnfitTask ignored -> HttpStatus.BAD_REQUEST;
      case UnknownTask ignored -> HttpStatus.NOT_FOUND;
      case FinishedTask ignored -> HttpStatus.CONFLICT;
      case KeyInUse ignored -> HttpStatus.CONFLICT;
      case DeletedTask ignored -> HttpStatus.GONE;
      case StaleTask ignored -> HttpStatus.PRECONDITION_FAILED;
      case TooManyLines ignored -> HttpStatus.CONTENT_TOO_LARGE;
      case KeyReused ignored -> HttpStatus.UNPROCESSABLE_CONTENT;
      case UnconditionalChange ignored -> HttpStatus.PRECONDITION_REQUIRED;
    };
  }
}
