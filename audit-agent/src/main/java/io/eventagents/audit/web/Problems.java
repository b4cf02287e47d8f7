package io.eventagents.audit.web;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** What cannot be answered, as problem documents (RFC 9457). */
final class Problems {

  private Problems() {}

  static ErrorResponseException notFound(String detail) {
    return of(HttpStatus.NOT_FOUND, detail);
  }

  static ErrorResponseException conflict(String detail) {
    return of(HttpStatus.CONFLICT, detail);
  }

  /**
   * @param parameter the query parameter that is wrong
   * @param expected what it has to be
   */
  static ErrorResponseException invalid(String parameter, String expected) {
    ErrorResponseException problem = of(HttpStatus.BAD_REQUEST, parameter + " " + expected + ".");
    problem
        .getBody()
        .setProperty("errors", List.of(Map.of("field", parameter, "message", expected)));
    return problem;
  }

  private static ErrorResponseException of(HttpStatus status, String detail) {
    return new ErrorResponseException(
        status, ProblemDetail.forStatusAndDetail(status, detail), null);
  }
}
