package io.eventagents.audit.erasure;

import io.eventagents.audit.erasure.ErasureRequest.FieldError;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** What cannot be answered, as problem documents (RFC 9457). */
final class ErasureProblems {

  private ErasureProblems() {}

  static ErrorResponseException invalid(String detail) {
    return of(HttpStatus.BAD_REQUEST, detail);
  }

  static ErrorResponseException invalid(List<FieldError> errors) {
    FieldError first = errors.getFirst();
    ErrorResponseException problem =
        of(HttpStatus.BAD_REQUEST, first.field() + " " + first.message() + ".");
    problem.getBody().setProperty("errors", errors);
    return problem;
  }

  static ErrorResponseException notFound(String id) {
    return of(
        HttpStatus.NOT_FOUND, "There is no erasure '" + id + "'; GET /audit/erasures lists them.");
  }

  static ErrorResponseException busy() {
    return of(
        HttpStatus.CONFLICT, "Another dry run is reading the log; try again when it has answered.");
  }

  static ErrorResponseException forbidden() {
    return of(
        HttpStatus.FORBIDDEN,
        "An erasure cannot be taken back: it needs the role, scope or authority '"
            + ErasureController.RIGHT
            + "'.");
  }

  private static ErrorResponseException of(HttpStatus status, String detail) {
    return new ErrorResponseException(
        status, ProblemDetail.forStatusAndDetail(status, detail), null);
  }
}
