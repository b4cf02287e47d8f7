package io.eventagents.audit.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A compressed file of the log that is not as it was written. */
public final class DamagedFile extends IOException {

  private static final long serialVersionUID = 1L;

  DamagedFile(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
