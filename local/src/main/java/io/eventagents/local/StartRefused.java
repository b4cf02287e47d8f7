package io.eventagents.local;

import org.jspecify.annotations.Nullable;

/** Why local does not start: one line that also says what to do. It needs no stack trace. */
final class StartRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StartRefused(String reason) {
    this(reason, null);
  }

  StartRefused(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
