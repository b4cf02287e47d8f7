package io.eventagents.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * What {@link ProblemErrorController} is for the application, for Actuator on a port of its own:
 * Spring Boot has a controller there already, which cannot be replaced.
 */
final class ProblemErrorFilter extends HttpFilter {

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException {
    ProblemErrorController.write(request, response);
  }
}
