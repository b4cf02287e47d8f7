package io.eventagents.audit.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Shows a page to somebody whose browser asks for one that does not exist, or asks a page of the
 * console for something impossible. Programs, and everybody at addresses of the API, get the
 * problem document.
 */
final class ErrorPages implements HandlerExceptionResolver, Ordered {

  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final ConsoleModel model;

  ErrorPages(ConsoleModel model) {
    this.model = model;
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception failure) {
    if (!(failure instanceof ErrorResponse error)
        || !error.getStatusCode().is4xxClientError()
        || !READING.contains(request.getMethod())
        || !asksForAPage(request)
        || !isOurs(handler)) {
      return null;
    }
    ProblemDetail problem = error.getBody();
    ModelAndView page = new ModelAndView("console/error", error.getStatusCode());
    model.page(request, response, page.getModelMap());
    page.addObject("title", problem.getTitle());
    page.addObject("reason", problem.getDetail());
    page.addObject("path", request.getRequestURI());
    return page;
  }

  /** Programs accept anything; a browser names HTML. */
  private static boolean asksForAPage(HttpServletRequest request) {
    return Collections.list(request.getHeaders(HttpHeaders.ACCEPT)).stream()
        .anyMatch(accepted -> accepted.contains("text/html"));
  }

  /** Whether a page of the console failed, or nothing is at this address. */
  private static boolean isOurs(@Nullable Object handler) {
    return !(handler instanceof HandlerMethod method)
        || method.getBeanType().getPackage() == ErrorPages.class.getPackage();
  }
}
