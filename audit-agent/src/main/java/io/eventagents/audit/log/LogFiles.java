package io.eventagents.audit.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The daily files in a directory, whoever writes it. Thread-safe.
 *
 * @param path the directory
 */
public record LogFiles(Path path) {

  private static final Pattern FILE_NAME = Pattern.compile("audit-\\d{4}-\\d{2}-\\d{2}\\.jsonl");

  /** The names of the files, oldest first. */
  public List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> FILE_NAME.matcher(name).matches())
          .sorted()
          .toList();
    }
  }

  /** How many bytes of text a file has. */
  public long size(String name) throws IOException {
    return Files.size(path.resolve(name));
  }

  /** Whether the file is there. */
  public boolean has(String name) {
    return Files.exists(path.resolve(name));
  }
}
