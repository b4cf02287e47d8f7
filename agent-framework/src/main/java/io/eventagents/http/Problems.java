package io.eventagents.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * Refusals as problem documents (RFC 9457); those with 400 are {@link InvalidRequest}s.
 *
 * <pre>{@code
 * throw Problems.of(HttpStatus.NOT_FOUND, "There is no order '" + id + "'.");
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class Problems {

  private Problems() {}

  /**
   * @param detail says why the request is refused, and what to do
   */
  public static ErrorResponseException of(HttpStatusCode status, String detail) {
    return of(status, detail, null);
  }

  /**
   * @param detail says why the request is refused, and what to do
   * @param cause for the log; clients do not see it
   */
  public static ErrorResponseException of(
      HttpStatusCode status, String detail, @Nullable Throwable cause) {
    return new ErrorResponseException(
        status, ProblemDetail.forStatusAndDetail(status, detail), cause);
  }

  /**
   * Something that is needed does not answer: 503.
   *
   * @param retryAfter when to ask again, in whole seconds
   */
  public static ErrorResponseException unavailable(String detail, Duration retryAfter) {
    ErrorResponseException problem = of(HttpStatus.SERVICE_UNAVAILABLE, detail);
    problem.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds()));
    return problem;
  }
}
