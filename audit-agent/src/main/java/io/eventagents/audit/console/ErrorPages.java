package io.eventagents.audit.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.UnsatisfiedServletRequestParameterException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Shows a page to somebody whose browser asks for one that does not exist, or asks a page of the
 * console for something impossible. Programs, and everybody at addresses of the API, get the
 * problem document.
 */
final class ErrorPages implements HandlerExceptionResolver, Ordered {

  private static final Logger log = LoggerFactory.getLogger(ErrorPages.class);

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
    if (!READING.contains(request.getMethod())
        || !isFromABrowser(request)
        || !isOurs(handler, failure)) {
      return null;
    }
    ProblemDetail problem = problem(failure);
    if (problem == null) {
      return null;
    }
    log.debug("{} is refused: {}", request.getRequestURI(), failure.toString());
    ModelAndView page = new ModelAndView("console/error", HttpStatus.valueOf(problem.getStatus()));
    model.page(request, response, page.getModelMap());
    page.addObject("title", problem.getTitle());
    page.addObject("reason", problem.getDetail());
    page.addObject("path", request.getRequestURI());
    return page;
  }

  /** What the client did wrong; null if it is something else that failed. */
  private static @Nullable ProblemDetail problem(Exception failure) {
    if (failure instanceof MethodArgumentTypeMismatchException unfit) {
      return ProblemDetail.forStatusAndDetail(
          HttpStatus.BAD_REQUEST, "%s cannot be '%s'".formatted(unfit.getName(), unfit.getValue()));
    }
    if (failure instanceof NoResourceFoundException) {
      return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, "There is no such page.");
    }
    if (failure instanceof UnsatisfiedServletRequestParameterException missing) {
      return ProblemDetail.forStatusAndDetail(
          HttpStatus.BAD_REQUEST,
          "It needs one of these parameters: "
              + missing.getParamConditionGroups().stream()
                  .flatMap(Arrays::stream)
                  .distinct()
                  .collect(Collectors.joining(", ")));
    }
    return failure instanceof ErrorResponse error && error.getStatusCode().is4xxClientError()
        ? error.getBody()
        : null;
  }

  /**
   * Programs accept anything, and some name HTML, as those of the JDK's {@code HttpURLConnection}.
   * Only browsers name XHTML.
   */
  private static boolean isFromABrowser(HttpServletRequest request) {
    return Collections.list(request.getHeaders(HttpHeaders.ACCEPT)).stream()
        .anyMatch(accepted -> accepted.contains("application/xhtml+xml"));
  }

  /** Whether a page of the console failed, or nothing is at this address. */
  private static boolean isOurs(@Nullable Object handler, Exception failure) {
    return handler instanceof HandlerMethod method
        ? method.getBeanType().getPackage() == ErrorPages.class.getPackage()
        : failure instanceof NoResourceFoundException
            // Only pages of the console are mapped by parameters.
            || failure instanceof UnsatisfiedServletRequestParameterException;
  }
}
