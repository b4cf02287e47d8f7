package io.eventagents.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Keeps passwords from being guessed, and logs every refused request. It looks at the answer, so it
 * does not matter who refuses: Spring Security, or an application that checks the callers of its
 * {@link io.eventagents.PublicPaths}.
 */
final class RefusalFilter extends HttpFilter {

  private final Attempts attempts;
  private final SecurityLog log;

  RefusalFilter(Attempts attempts, SecurityLog log) {
    this.attempts = attempts;
    this.log = log;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    RefusedRequest.Credential credentials = RefusedRequest.Credential.in(request);
    boolean password = credentials == RefusedRequest.Credential.PASSWORD;
    String address = String.valueOf(request.getRemoteAddr());
    Duration wait = password ? attempts.wait(address) : Duration.ZERO;
    if (wait.isZero()) {
      chain.doFilter(
          request,
          password ? new AttemptResponse(response, () -> attempts.failed(address)) : response);
    } else {
      refuse(wait, request, response);
    }
    int status = response.getStatus();
    if (isRefusal(status)) {
      log.add(RefusedRequest.of(request, credentials, status));
    }
  }

  private static void refuse(
      Duration wait, HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.plusMillis(999).toSeconds()));
    Problem.of(
            HttpStatus.TOO_MANY_REQUESTS,
            "Too many wrong passwords came from there; this one was not looked at.")
        .write(request, response);
  }

  private static boolean isRefusal(int status) {
    HttpStatus known = HttpStatus.resolve(status);
    return known == HttpStatus.UNAUTHORIZED
        || known == HttpStatus.FORBIDDEN
        || known == HttpStatus.TOO_MANY_REQUESTS
        || known == HttpStatus.MISDIRECTED_REQUEST;
  }
}
