package io.eventagents.web;

import java.net.SocketTimeoutException;

/**
 * A request body did not arrive in time. Tomcat takes it for a time-out, which it answers with 408
 * itself.
 */
final class BodyTooSlowException extends SocketTimeoutException {

  private static final long serialVersionUID = 1L;

  BodyTooSlowException(String detail) {
    super(detail);
  }

  /** What a client is told. */
  String detail() {
    return String.valueOf(getMessage());
  }
}
