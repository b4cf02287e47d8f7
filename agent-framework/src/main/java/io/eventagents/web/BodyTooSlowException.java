package io.eventagents.web;

import java.io.IOException;

/** A request body did not come in time. */
final class BodyTooSlowException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String detail;

  BodyTooSlowException(String detail) {
    super(detail);
    this.detail = detail;
  }

  /** What a client is told. */
  String detail() {
    return detail;
  }
}
