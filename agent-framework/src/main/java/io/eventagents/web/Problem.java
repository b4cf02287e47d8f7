package io.eventagents.web;

import io.eventagents.CorrelationId;
import io.eventagents.http.FieldError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * A problem document (RFC 9457) for answers outside Spring MVC: by a filter, by Spring Security or
 * by the server.
 */
final class Problem {

  static final String UNEXPECTED =
      "Something went wrong here. The log names it under this correlation id.";

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpStatus status;
  private final String detail;
  private final List<FieldError> errors = new ArrayList<>();

  private Problem(HttpStatus status, String detail) {
    this.status = status;
    this.detail = detail;
  }

  static Problem of(HttpStatus status, String detail) {
    return new Problem(status, detail);
  }

  /** The document of an error of which only the status is known. */
  static Problem of(HttpStatus status) {
    return new Problem(
        status,
        switch (status) {
          case BAD_REQUEST -> "The request is malformed.";
          case UNAUTHORIZED -> "This needs a user or a token.";
          case FORBIDDEN -> "This is not allowed.";
          case NOT_FOUND -> "There is nothing here.";
          case REQUEST_TIMEOUT -> "The request did not come in time.";
          case INTERNAL_SERVER_ERROR -> UNEXPECTED;
          default -> status.getReasonPhrase() + ".";
        });
  }

  Problem error(String field, String message) {
    errors.add(new FieldError(field, message));
    return this;
  }

  void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
    CorrelationId correlation = RequestCorrelation.of(request);
    write(request.getRequestURI(), correlation == null ? null : correlation.value(), response);
  }

  void write(@Nullable String instance, @Nullable String correlation, HttpServletResponse response)
      throws IOException {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("title", status.getReasonPhrase());
    document.put("status", status.value());
    document.put("detail", detail);
    if (instance != null) {
      document.put("instance", instance);
    }
    if (correlation != null) {
      document.put(RequestCorrelation.KEY, correlation);
    }
    if (!errors.isEmpty()) {
      document.put("errors", errors);
    }
    byte[] body = JSON.writeValueAsBytes(document);
    response.resetBuffer();
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    response.flushBuffer();
  }
}
