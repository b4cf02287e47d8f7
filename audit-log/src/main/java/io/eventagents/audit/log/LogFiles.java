package io.eventagents.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The daily files in a directory, whoever writes it: each is named once, {@code
 * audit-YYYY-MM-DD.jsonl}, whether it is that file or was compressed to {@code .jsonl.zst}. Where
 * both are there, as a crash can leave them, the uncompressed one counts. Thread-safe.
 *
 * @param path the directory
 */
public record LogFiles(Path path) {

  /** What the name of a compressed file ends with. */
  public static final String COMPRESSED = ".zst";

  /** What the name of a file ends with that is under construction. */
  public static final String FRESH = ".new";

  private static final String PREFIX = "audit-";
  private static final String SUFFIX = ".jsonl";
  private static final Pattern FILE_NAME =
      Pattern.compile("audit-\\d{4}-\\d{2}-\\d{2}\\.jsonl(\\.zst)?");

  /** The names of the files, oldest first. */
  public List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> FILE_NAME.matcher(name).matches())
          .map(LogFiles::nameOf)
          .sorted()
          .distinct()
          .toList();
    }
  }

  /**
   * Opens a file.
   *
   * @throws NoSuchFileException if it is there in neither form
   */
  public LogContent open(String name) throws IOException {
    // A file becomes compressed while one looks, never the reverse.
    try {
      return new PlainContent(plain(name));
    } catch (NoSuchFileException e) {
      try {
        return new CompressedContent(compressed(name));
      } catch (NoSuchFileException neither) {
        throw e;
      }
    }
  }

  /** Opens a file of the uncompressed form. */
  public static LogContent openPlain(Path file) throws IOException {
    return new PlainContent(file);
  }

  /** Opens a file of the compressed form. */
  public static LogContent openCompressed(Path file) throws IOException {
    return new CompressedContent(file);
  }

  /**
   * The line that stands there.
   *
   * @param length of the line in bytes, without the line feed
   * @throws NoSuchFileException if the file is no longer in the directory
   * @throws IOException if the file is damaged, or shorter
   */
  byte[] line(String name, long position, int length) throws IOException {
    try (LogContent content = open(name)) {
      byte[] line = new byte[length];
      if (content.readFully(ByteBuffer.wrap(line), position) < length) {
        throw new IOException(
            "%s has %d bytes, and no line of %d bytes at byte %d"
                .formatted(name, content.size(), length, position));
      }
      return line;
    }
  }

  /** Opens a file to be written anew, from its start. */
  public static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  /** How many bytes of text a file has. */
  public long size(String name) throws IOException {
    try (LogContent content = open(name)) {
      return content.size();
    }
  }

  /** Whether the file is there, in either form. */
  public boolean has(String name) {
    return Files.exists(plain(name)) || Files.exists(compressed(name));
  }

  /** Where the file is while it is not compressed. */
  public Path plain(String name) {
    return path.resolve(name);
  }

  /** Where the file is when it is compressed. */
  public Path compressed(String name) {
    return path.resolve(name + COMPRESSED);
  }

  /** The day that a file is named after; empty if there is no such day. */
  public static Optional<LocalDate> dayOf(String name) {
    try {
      return Optional.of(
          LocalDate.parse(name.substring(PREFIX.length(), name.length() - SUFFIX.length())));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  static String of(LocalDate day) {
    return PREFIX + day + SUFFIX;
  }

  private static String nameOf(String entry) {
    return entry.endsWith(COMPRESSED)
        ? entry.substring(0, entry.length() - COMPRESSED.length())
        : entry;
  }
}
