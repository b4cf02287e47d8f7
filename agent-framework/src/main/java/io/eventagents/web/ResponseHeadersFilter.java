package io.eventagents.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Tells browsers to run nothing that we did not send. Set before anything else, so that errors have
 * the headers too, and a page can replace them by its own.
 */
final class ResponseHeadersFilter implements Filter {

  private final String contentSecurityPolicy;

  ResponseHeadersFilter(WebSettings settings) {
    contentSecurityPolicy = settings.contentSecurityPolicy();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletResponse http = (HttpServletResponse) response;
    http.setHeader("Content-Security-Policy", contentSecurityPolicy);
    http.setHeader("X-Content-Type-Options", "nosniff");
    http.setHeader("X-Frame-Options", "DENY");
    http.setHeader("Referrer-Policy", "no-referrer");
    chain.doFilter(request, response);
  }
}
