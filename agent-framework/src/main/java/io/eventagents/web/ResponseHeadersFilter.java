package io.eventagents.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Tells browsers to run nothing that the application did not send. It sets the headers before
 * anything else, so that errors have them too and a page can replace them.
 */
final class ResponseHeadersFilter extends HttpFilter {

  private final String contentSecurityPolicy;

  ResponseHeadersFilter(WebSettings settings) {
    contentSecurityPolicy = settings.contentSecurityPolicy();
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.setHeader("Content-Security-Policy", contentSecurityPolicy);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "no-referrer");
    chain.doFilter(request, response);
  }
}
