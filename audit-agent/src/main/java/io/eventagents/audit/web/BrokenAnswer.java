package io.eventagents.audit.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Breaks the connection off if an answer fails halfway. Otherwise the failure would be handled like
 * that of any request, the answer would end as if it were whole, and the client would take a part
 * of it for all of it.
 */
final class BrokenAnswer extends OncePerRequestFilter {

  private static final String FAILURE = BrokenAnswer.class.getName();

  /** Notes that the answer on its way is not whole. */
  static void note(Throwable failure) {
    RequestContextHolder.currentRequestAttributes()
        .setAttribute(FAILURE, failure, RequestAttributes.SCOPE_REQUEST);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(request, response);
    if (request.getAttribute(FAILURE) instanceof Throwable failure && response.isCommitted()) {
      throw new ServletException("The answer broke off", failure);
    }
  }
}
