package io.eventagents.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The log of a server process: a file beside its data directory, which each start replaces. */
record ServerLog(Path file) {

  private static final int TAIL = 15;

  static ServerLog of(Path dataDirectory) {
    return new ServerLog(dataDirectory.resolveSibling(dataDirectory.getFileName() + ".log"));
  }

  ProcessBuilder.Redirect append() {
    return ProcessBuilder.Redirect.appendTo(file.toFile());
  }

  void clear() throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.deleteIfExists(file);
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not delete " + file, e);
    }
  }

  /** The last lines, for a message that says why the server did not start. */
  String tail() {
    try {
      List<String> lines =
          Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
      return String.join(
          System.lineSeparator(), lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    } catch (IOException e) {
      return "(unreadable: " + e.getMessage() + ")";
    }
  }
}
