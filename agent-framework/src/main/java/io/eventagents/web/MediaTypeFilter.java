package io.eventagents.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Refuses media types that Spring cannot handle. A {@code Content-Type} with a wildcard does not
 * say what a body is, and Spring throws no exception of a type of its own for it. An {@code Accept}
 * that cannot be read makes Spring drop the document that says so.
 */
final class MediaTypeFilter extends HttpFilter {

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Problem problem = problem(request);
    if (problem == null) {
      chain.doFilter(request, response);
    } else {
      problem.write(request, response);
    }
  }

  private static @Nullable Problem problem(HttpServletRequest request) {
    if (isRange(request.getContentType())) {
      return Problem.of(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          "A Content-Type names one media type; it must not have a wildcard.");
    }
    try {
      MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
      return null;
    } catch (InvalidMediaTypeException e) {
      return Problem.of(
          HttpStatus.NOT_ACCEPTABLE,
          "The header Accept is a list of media types, such as application/json.");
    }
  }

  private static boolean isRange(@Nullable String contentType) {
    if (contentType == null || contentType.indexOf('*') < 0) {
      return false;
    }
    try {
      return !MediaType.parseMediaType(contentType).isConcrete();
    } catch (InvalidMediaTypeException e) {
      return false; // no media type at all, which Spring refuses where it matters
    }
  }
}
