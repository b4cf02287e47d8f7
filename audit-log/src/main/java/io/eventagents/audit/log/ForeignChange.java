package io.eventagents.audit.log;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Another program changed, replaced or removed what this process writes. */
final class ForeignChange extends IOException {

  private static final long serialVersionUID = 1L;

  ForeignChange(String message) {
    super(message);
  }

  static ForeignChange gone(Path file, NoSuchFileException because) {
    ForeignChange gone =
        new ForeignChange(file + " is gone: another program removed it, or moved it away");
    gone.initCause(because);
    return gone;
  }

  static ForeignChange replaced(Path file) {
    return new ForeignChange(
        file + " is another file than the one that was written: another program changed it");
  }

  static ForeignChange resized(Path file, long written, long found) {
    return new ForeignChange(
        "%s has %d bytes, and %d were written: another program changed it"
            .formatted(file, found, written));
  }
}
