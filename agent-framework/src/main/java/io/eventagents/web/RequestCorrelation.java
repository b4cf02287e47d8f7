package io.eventagents.web;

import io.eventagents.CorrelationId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the correlation id of a request while it is handled. */
final class RequestCorrelation {

  /** The key in the logging context, and the member of a problem document. */
  static final String KEY = "correlation_id";

  private static final String ATTRIBUTE = RequestCorrelation.class.getName();

  private RequestCorrelation() {}

  static @Nullable CorrelationId of(HttpServletRequest request) {
    return (CorrelationId) request.getAttribute(ATTRIBUTE);
  }

  static void set(HttpServletRequest request, CorrelationId correlation) {
    request.setAttribute(ATTRIBUTE, correlation);
  }

  /** The distinct values that the client sent. */
  static List<String> sent(HttpServletRequest request) {
    return Collections.list(request.getHeaders(CorrelationId.HTTP_HEADER)).stream()
        .distinct()
        .toList();
  }
}
