package io.eventagents.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file beside a data directory that is being filled for the first time. A process that is killed
 * meanwhile leaves the file behind, which tells that the directory is useless.
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
