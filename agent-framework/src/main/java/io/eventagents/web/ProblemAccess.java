package io.eventagents.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Spring Security's answers as problem documents. */
final class ProblemAccess implements AuthenticationEntryPoint, AccessDeniedHandler {

  private final String challenge;

  /**
   * @param challenge how to log in, a {@code WWW-Authenticate} header
   */
  ProblemAccess(String challenge) {
    this.challenge = challenge;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge);
    Problem.of(HttpStatus.UNAUTHORIZED).write(request, response);
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
      throws IOException {
    Problem.of(HttpStatus.FORBIDDEN).write(request, response);
  }
}
