package io.eventagents.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Writes the document of an answer that only has a status, set by {@code sendError}; the server
 * dispatches it here.
 */
@Controller
final class ProblemErrorController implements ErrorController {

  @RequestMapping("${spring.web.error.path:${error.path:/error}}")
  void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
    write(request, response);
  }

  static void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
    HttpStatus status = status(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    var correlation = RequestCorrelation.of(request);
    Problem.of(status)
        .write(
            path == null ? null : path.toString(),
            correlation == null ? null : correlation.value(),
            response);
  }

  /** If a client asks for it, the page is as unknown as any other. */
  private static HttpStatus status(@Nullable Object code) {
    HttpStatus status =
        code instanceof Integer number ? HttpStatus.resolve(number) : HttpStatus.NOT_FOUND;
    return status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
  }
}
