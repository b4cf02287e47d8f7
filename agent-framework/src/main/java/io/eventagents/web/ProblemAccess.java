package io.eventagents.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Spring Security's answers as problem documents. */
final class ProblemAccess implements AuthenticationEntryPoint, AccessDeniedHandler {

  private final List<HttpAccess> ways;

  /**
   * @param ways how to log in
   */
  ProblemAccess(List<HttpAccess> ways) {
    this.ways = ways;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    if (failure instanceof AuthenticationServiceException) {
      response.setHeader(HttpHeaders.RETRY_AFTER, "5");
      Problem.of(
              HttpStatus.SERVICE_UNAVAILABLE,
              "Who you are cannot be checked at the moment; the log says why.")
          .write(request, response);
      return;
    }
    RefusedRequest.reason(request, failure.getMessage());
    response.setHeader(
        HttpHeaders.WWW_AUTHENTICATE,
        ways.stream().map(way -> way.challenge(failure)).collect(Collectors.joining(", ")));
    Problem.of(HttpStatus.UNAUTHORIZED).write(request, response);
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
      throws IOException {
    Problem.of(HttpStatus.FORBIDDEN).write(request, response);
  }
}
