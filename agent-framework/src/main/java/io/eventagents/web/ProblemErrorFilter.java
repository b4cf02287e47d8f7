package io.eventagents.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Does for Actuator on a port of its own what {@link ProblemErrorController} does for the
 * application: Spring Boot has a controller there that cannot be replaced.
 */
final class ProblemErrorFilter extends HttpFilter {

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException {
    ProblemErrorController.write(request, response);
  }
}
