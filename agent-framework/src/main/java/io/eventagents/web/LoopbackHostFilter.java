package io.eventagents.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/**
 * Where nobody has to log in, a web page must not reach us under a name of its own that it points
 * to this machine (DNS rebinding): it would be the same origin, and could read everything. So the
 * name must be one of loopback's.
 */
final class LoopbackHostFilter implements Filter {

  private static final Pattern LOOPBACK =
      Pattern.compile(
          "(localhost|([a-z0-9-]+\\.)+localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)])(:\\d*)?");

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    String host = http.getHeader("Host");
    if (host == null || LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches()) {
      chain.doFilter(request, response); // only HTTP/1.0 has no Host, and no browser speaks it
    } else {
      Problem.of(
              HttpStatus.MISDIRECTED_REQUEST,
              "Without a configured user, this is reached as localhost only.")
          .write(http, (HttpServletResponse) response);
    }
  }
}
