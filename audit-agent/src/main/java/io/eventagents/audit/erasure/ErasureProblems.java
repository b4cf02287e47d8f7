package io.eventagents.audit.erasure;

import io.eventagents.audit.erasure.ErasureRequest.FieldError;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
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

  /**
   * A commit whose answer was lost may have been one: the list tells, and asking once more erases
   * nothing else.
   */
  static ResponseEntity<ProblemDetail> databaseAway() {
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, "5")
        .body(
            ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE,
                "The database, which keeps erasures, does not answer just now. Ask again in a few"
                    + " seconds; GET /audit/erasures then lists what was taken up."));
  }

  private static ErrorResponseException of(HttpStatus status, String detail) {
    return new ErrorResponseException(
        status, ProblemDetail.forStatusAndDetail(status, detail), null);
  }
}
