package io.eventagents.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file beside a data directory that exists while the directory is initialised. If the process is
 * killed meanwhile, the file stays and shows that the directory is unusable.
 */
record InitialisationMark(Path file) {

  static InitialisationMark of(Path dataDirectory) {
    return new InitialisationMark(
        dataDirectory.resolveSibling(dataDirectory.getFileName() + ".initialising"));
  }

  void begin() throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, "");
  }

  void end() throws IOException {
    Files.deleteIfExists(file);
  }

  void discardIncomplete(Path dataDirectory) throws IOException {
    if (Files.exists(file)) {
      DataDirectory.delete(dataDirectory);
      Files.delete(file);
    }
  }
}
