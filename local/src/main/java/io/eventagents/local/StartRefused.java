package io.eventagents.local;

import org.jspecify.annotations.Nullable;

/**
 * The program does not start. The message is one line that says why and what to do; it needs no
 * stack trace.
 */
final class StartRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StartRefused(String reason) {
    this(reason, null);
  }

  StartRefused(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
