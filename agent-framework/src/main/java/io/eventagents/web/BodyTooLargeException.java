package io.eventagents.web;

import java.io.IOException;
import org.springframework.util.unit.DataSize;

/** A request body is larger than the limit. */
final class BodyTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  private final DataSize limit;

  BodyTooLargeException(DataSize limit) {
    super("The body is larger than " + limit.toBytes() + " bytes");
    this.limit = limit;
  }

  /** What a client is told. */
  String detail() {
    return "The body must not be larger than " + limit.toBytes() + " bytes.";
  }
}
