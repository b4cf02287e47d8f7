package io.eventagents.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

/**
 * Answers 413 to a body over the limit, whether its length is announced or only known by reading
 * it.
 */
final class BodyLimitFilter extends HttpFilter {

  private final DataSize limit;

  BodyLimitFilter(WebSettings settings) {
    limit = settings.maxBody();
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getContentLengthLong() > limit.toBytes()) {
      Problem.of(HttpStatus.CONTENT_TOO_LARGE, new BodyTooLargeException(limit).detail())
          .write(request, response);
      return;
    }
    chain.doFilter(new LimitedRequest(request, limit), response);
  }
}
