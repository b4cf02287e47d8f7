package io.eventagents.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Keeps passwords from being guessed, and tells of everybody who is refused. It looks at the
 * answer, so it does not matter who refuses: Spring Security, or an application that checks what
 * the callers of its {@link io.eventagents.PublicPaths} bring.
 */
final class RefusalFilter implements Filter {

  private final Attempts attempts;
  private final SecurityLog log;

  RefusalFilter(Attempts attempts, SecurityLog log) {
    this.attempts = attempts;
    this.log = log;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    RefusedRequest.Credential credentials = RefusedRequest.Credential.in(http);
    boolean password = credentials == RefusedRequest.Credential.PASSWORD;
    String address = String.valueOf(http.getRemoteAddr());
    Duration wait = password ? attempts.wait(address) : Duration.ZERO;
    if (wait.isZero()) {
      chain.doFilter(
          request,
          password ? new AttemptResponse(answer, () -> attempts.failed(address)) : response);
    } else {
      refuse(wait, http, answer);
    }
    int status = answer.getStatus();
    if (isRefusal(status)) {
      log.add(RefusedRequest.of(http, credentials, status));
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
