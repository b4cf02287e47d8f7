package io.eventagents.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.springframework.http.HttpStatus;

/**
 * Refuses requests that a page of another origin makes a browser send, if they could change
 * something. It needs no tokens: browsers say where a request comes from, and other clients send
 * neither header. The rules are those of Go's {@code http.CrossOriginProtection}.
 */
final class CrossSiteFilter extends HttpFilter {

  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (SAFE_METHODS.contains(request.getMethod()) || isOwn(request)) {
      chain.doFilter(request, response);
    } else {
      Problem.of(HttpStatus.FORBIDDEN, "A page of another origin must not change anything here.")
          .write(request, response);
    }
  }

  private static boolean isOwn(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return OWN_SITES.contains(site);
    }
    String origin = request.getHeader("Origin");
    return origin == null || authority(origin).equals(request.getHeader("Host"));
  }

  /** Without the scheme, which a proxy that ends TLS may have changed. */
  private static String authority(String origin) {
    try {
      return String.valueOf(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
