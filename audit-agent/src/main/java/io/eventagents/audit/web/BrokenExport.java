package io.eventagents.audit.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Breaks the connection off where an export failed in the middle. Otherwise the failure would be
 * handled as that of any request, the answer would end in good order, and somebody would take a
 * part for all of it.
 */
final class BrokenExport extends OncePerRequestFilter {

  private static final String FAILURE = BrokenExport.class.getName();

  /** Notes that an answer that is on its way is not whole. */
  static void note(HttpServletRequest request, Exception failure) {
    request.setAttribute(FAILURE, failure);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(request, response);
    if (request.getAttribute(FAILURE) instanceof Exception failure && response.isCommitted()) {
      throw new ServletException("The export broke off", failure);
    }
  }
}
