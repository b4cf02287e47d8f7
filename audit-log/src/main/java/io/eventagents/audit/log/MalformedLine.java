package io.eventagents.audit.log;

import org.jspecify.annotations.Nullable;

/** A line that is not one of the log. */
public final class MalformedLine extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedLine(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
