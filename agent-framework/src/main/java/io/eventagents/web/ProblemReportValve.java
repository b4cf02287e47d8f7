package io.eventagents.web;

import io.eventagents.CorrelationId;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Answers the errors of requests that no filter saw, such as a malformed path. */
final class ProblemReportValve extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    int code = response.getStatus();
    if (code < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    HttpStatus status = HttpStatus.resolve(code);
    String correlation = response.getHeader(CorrelationId.HTTP_HEADER);
    if (correlation == null) {
      correlation = CorrelationId.random().value();
      response.setHeader(CorrelationId.HTTP_HEADER, correlation);
    }
    try {
      Problem.of(status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status)
          .write(null, correlation, response.getResponse());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
