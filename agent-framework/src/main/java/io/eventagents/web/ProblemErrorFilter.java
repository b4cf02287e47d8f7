package io.eventagents.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * What {@link ProblemErrorController} is for the application, for Actuator on a port of its own:
 * Spring Boot has a controller there already, which cannot be replaced.
 */
final class ProblemErrorFilter implements Filter {

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException {
    ProblemErrorController.write((HttpServletRequest) request, (HttpServletResponse) response);
  }
}
