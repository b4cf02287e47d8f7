package io.eventagents.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;

/**
 * If nobody has to log in, a web page must not reach the application under a host name that its
 * owner points to this machine (DNS rebinding). It would be of the same origin and could read
 * everything. So the name must be one of loopback.
 */
final class LoopbackHostFilter extends HttpFilter {

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String host = request.getHeader("Host");
    if (host == null || LoopbackName.is(host)) {
      chain.doFilter(request, response); // only HTTP/1.0 has no Host, and no browser speaks it
    } else {
      Problem.of(
              HttpStatus.MISDIRECTED_REQUEST,
              "Without a configured user, this is reached as localhost only.")
          .write(request, response);
    }
  }
}
