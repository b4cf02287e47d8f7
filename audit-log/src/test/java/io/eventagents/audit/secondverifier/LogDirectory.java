package io.eventagents.audit.secondverifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of the log's directory that are looked at (sections "Files" and "What has to hold").
 */
final class LogDirectory {

  /**
   * A day's file.
   *
   * @param name without {@code .zst}
   * @param compressed whether its compressed form is there
   * @param plain whether its uncompressed form is there
   */
  record DayFile(String name, boolean plain, boolean compressed) {

    DayFile and(DayFile other) {
      return new DayFile(name, plain || other.plain, compressed || other.compressed);
    }
  }

  private static final Pattern DAY_FILE =
      Pattern.compile("(audit-\\d{4}-\\d{2}-\\d{2}\\.jsonl)(\\.zst)?");
  private static final Pattern CHECKPOINTS =
      Pattern.compile("(audit-\\d{4}-\\d{2}-\\d{2})\\.checkpoints");
  private static final int LONGEST_SMALL_FILE = 1 << 16;

  private final Path directory;
  private final TreeMap<String, DayFile> dayFiles = new TreeMap<>();
  private final TreeSet<String> checkpointFiles = new TreeSet<>();

  LogDirectory(Path directory) throws IOException, CannotTellException {
    this.directory = directory;
    if (!Files.isDirectory(directory)) {
      throw new CannotTellException("no such directory: " + directory);
    }
    try (Stream<Path> files = Files.list(directory)) {
      files.map(file -> file.getFileName().toString()).forEach(this::add);
    }
  }

  private void add(String name) {
    Matcher day = DAY_FILE.matcher(name);
    if (day.matches()) {
      boolean plain = day.group(2) == null;
      dayFiles.merge(day.group(1), new DayFile(day.group(1), plain, !plain), DayFile::and);
    } else if (CHECKPOINTS.matcher(name).matches()) {
      checkpointFiles.add(name);
    }
  }

  /** In the order of their names, the newest last. */
  Collection<DayFile> dayFiles() {
    return dayFiles.values();
  }

  boolean hasDayFile(String name) {
    return dayFiles.containsKey(name);
  }

  Optional<String> newest() {
    return dayFiles.isEmpty() ? Optional.empty() : Optional.of(dayFiles.lastKey());
  }

  /** In the order of their names. */
  Collection<String> checkpointFiles() {
    return checkpointFiles;
  }

  /** The name of the day's file that a file of checkpoints is named after. */
  static String dayFileOf(String checkpointFile) {
    return checkpointFile.replace(".checkpoints", ".jsonl");
  }

  /** The days' files as they are now; there is no verdict where one cannot be read. */
  List<Snapshot> snapshots() throws IOException, CannotTellException {
    List<Snapshot> snapshots = new ArrayList<>();
    for (DayFile file : dayFiles.values()) {
      if (!file.plain()) {
        throw new CannotTellException(
            "cannot read " + file.name() + ".zst: unpack it with zstd -d");
      }
      Path path = readable(file.name());
      snapshots.add(new Snapshot(file.name(), path, Files.size(path)));
    }
    return snapshots;
  }

  /** The bytes of a day's file that are looked at. */
  record Snapshot(String name, Path path, long size) {}

  Optional<byte[]> smallFile(String name) throws IOException, CannotTellException {
    if (!Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    Path path = readable(name);
    if (Files.size(path) > LONGEST_SMALL_FILE) {
      throw new CannotTellException("cannot read " + name + ": it is too long");
    }
    return Optional.of(Files.readAllBytes(path));
  }

  /** A file that can be opened without waiting for somebody at its other end. */
  Path readable(String name) throws CannotTellException {
    return readable(directory.resolve(name));
  }

  static Path readable(Path path) throws CannotTellException {
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new CannotTellException("cannot read " + path);
    }
    return path;
  }

  boolean has(String name) {
    return Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /** The text of {@code log.id} without white space around it. */
  String logId() throws IOException, CannotTellException {
    byte[] text =
        smallFile("log.id").orElseThrow(() -> new CannotTellException("no log.id in " + directory));
    return Utf8.decode(text)
        .map(String::strip)
        .orElseThrow(() -> new CannotTellException("cannot read log.id: it is no UTF-8"));
  }
}
