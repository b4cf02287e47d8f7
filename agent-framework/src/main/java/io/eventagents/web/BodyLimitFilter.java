package io.eventagents.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

/** Answers 413 to a body over the limit, whether its length was announced or shows in reading. */
final class BodyLimitFilter implements Filter {

  private final DataSize limit;

  BodyLimitFilter(WebSettings settings) {
    limit = settings.maxBody();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    if (request.getContentLengthLong() > limit.toBytes()) {
      refuse(new BodyTooLargeException(limit), http, response);
      return;
    }
    chain.doFilter(new LimitedRequest(http, limit), response);
  }

  private static void refuse(
      BodyTooLargeException tooLarge, HttpServletRequest request, ServletResponse response)
      throws IOException {
    Problem.of(HttpStatus.CONTENT_TOO_LARGE, tooLarge.detail())
        .write(request, (HttpServletResponse) response);
  }
}
