package io.eventagents.web;

import jakarta.servlet.ServletException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.multipart.MultipartException;

/**
 * A failure that the client caused, as opposed to one of ours. All code that catches what a filter
 * or a controller threw asks here first, so that a client's mistake is answered as one and costs
 * the log only a line at DEBUG.
 *
 * @param status the answer's status
 * @param detail what the client is told
 */
record ClientFault(HttpStatus status, String detail) {

  /** Causes can form a circle. */
  private static final int DEEPEST = 32;

  /** How to answer a failure; null if it is ours. */
  static @Nullable ClientFault in(Throwable failure) {
    ClientFault fault = ofReading(failure);
    if (fault != null) {
      return fault;
    }
    Throwable thrown = failure;
    while (thrown instanceof ServletException && thrown.getCause() != null) {
      thrown = thrown.getCause();
    }
    return switch ((Object) thrown) {
      case ErrorResponse response -> refused(response);
      case MultipartException parts -> refused(MalformedRequestException.parts(parts));
      case HttpMessageNotReadableException body ->
          new ClientFault(HttpStatus.BAD_REQUEST, "The body cannot be read.");
      default -> null;
    };
  }

  /**
   * What went wrong in reading the request, however deeply it is wrapped. Other exceptions among
   * the causes do not count: what an application read from elsewhere is no fault of its client.
   */
  static @Nullable ClientFault ofReading(Throwable failure) {
    ClientFault found = null;
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof BodyTooLargeException tooLarge) {
        return new ClientFault(HttpStatus.CONTENT_TOO_LARGE, tooLarge.detail());
      }
      if (cause instanceof BodyTooSlowException tooSlow) {
        return new ClientFault(HttpStatus.REQUEST_TIMEOUT, tooSlow.detail());
      }
      if (found == null && cause instanceof MalformedRequestException malformed) {
        found = refused(malformed); // unless it is because of one of the others
      }
      cause = cause.getCause();
    }
    return found;
  }

  Problem problem() {
    return Problem.of(status, detail);
  }

  private static @Nullable ClientFault refused(ErrorResponse response) {
    HttpStatusCode code = response.getStatusCode();
    HttpStatus status = HttpStatus.resolve(code.value());
    if (status == null || !code.is4xxClientError()) {
      return null;
    }
    String detail = response.getBody().getDetail();
    return new ClientFault(status, detail == null ? status.getReasonPhrase() + "." : detail);
  }
}
