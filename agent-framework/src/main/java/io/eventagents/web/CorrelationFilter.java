package io.eventagents.web;

import io.eventagents.CorrelationId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.http.HttpStatus;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Gives every request a correlation id, which its response and its log lines bear. It is the
 * outermost filter: it logs what nothing else handled, while the id is known.
 */
final class CorrelationFilter extends HttpFilter {

  private static final Logger log = LoggerFactory.getLogger(CorrelationFilter.class);

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    CorrelationId known = RequestCorrelation.of(request);
    if (known != null) { // dispatched again, to the error page or after asynchronous work
      within(known, request, response, chain);
      return;
    }
    List<String> sent = RequestCorrelation.sent(request);
    boolean acceptable =
        sent.isEmpty() || (sent.size() == 1 && CorrelationId.isWellFormed(sent.get(0)));
    CorrelationId correlation =
        sent.isEmpty() || !acceptable ? CorrelationId.random() : new CorrelationId(sent.get(0));
    RequestCorrelation.set(request, correlation);
    response.setHeader(CorrelationId.HTTP_HEADER, correlation.value());
    if (acceptable) {
      within(correlation, request, response, chain);
    } else {
      Problem.of(
              HttpStatus.BAD_REQUEST,
              sent.size() > 1
                  ? "The header X-Correlation-ID was sent more than once, with different values."
                  : "The header X-Correlation-ID has 1 to 128 characters of A-Z a-z 0-9 . _ : -")
          .error(CorrelationId.HTTP_HEADER, "is malformed")
          .write(request, response);
    }
  }

  @SuppressWarnings("try") // The log lines of the body bear it.
  private static void within(
      CorrelationId correlation,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    try (MDC.MDCCloseable ignored = MDC.putCloseable(RequestCorrelation.KEY, correlation.value())) {
      response.setHeader(CorrelationId.HTTP_HEADER, correlation.value());
      try {
        chain.doFilter(request, response);
      } catch (IOException | ServletException | RuntimeException failure) {
        if (!isAnswered(failure, request, response)) {
          throw failure;
        }
      }
    }
  }

  private static boolean isAnswered(
      Exception failure, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (ClientFault.ofReading(failure) == null
        && DisconnectedClientHelper.isClientDisconnectedException(failure)) {
      log.debug("The client went away", failure);
      return false;
    }
    ClientFault fault = ClientFault.in(failure);
    if (fault != null && !response.isCommitted()) {
      log.debug(
          "{} {} was refused with {}: {}",
          request.getMethod(),
          request.getRequestURI(),
          fault.status().value(),
          fault.detail());
      fault.problem().write(request, response);
      return true;
    }
    log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
    if (response.isCommitted()) {
      return false; // the connection is cut, so that nobody takes half an answer for a whole one
    }
    Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, Problem.UNEXPECTED).write(request, response);
    return true;
  }
}
