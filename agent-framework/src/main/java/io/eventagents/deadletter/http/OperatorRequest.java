package io.eventagents.deadletter.http;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** What every request of an operator may say, and how it is told what it should say. */
public final class OperatorRequest {

  private static final int LARGEST_PAGE = 1_000;

  private OperatorRequest() {}

  /** Who asks, as it is kept and told. */
  public static String nameOf(@Nullable Principal user) {
    return user == null || user.getName() == null ? "anonymous" : user.getName();
  }

  /**
   * How many of a list are wanted.
   *
   * @throws ErrorResponseException where that is none or too many
   */
  public static int limit(int limit) {
    if (limit < 1 || limit > LARGEST_PAGE) {
      throw invalid("limit", "must be a whole number from 1 to " + LARGEST_PAGE);
    }
    return limit;
  }

  /** One field is not as it must be. */
  static ErrorResponseException invalid(String field, String expected) {
    ErrorResponseException problem = problem(HttpStatus.BAD_REQUEST, field + " " + expected + ".");
    problem.getBody().setProperty("errors", List.of(Map.of("field", field, "message", expected)));
    return problem;
  }

  /** Why it cannot be done, and what to do. */
  public static ErrorResponseException problem(HttpStatus status, String detail) {
    return new ErrorResponseException(
        status, ProblemDetail.forStatusAndDetail(status, detail), null);
  }
}
