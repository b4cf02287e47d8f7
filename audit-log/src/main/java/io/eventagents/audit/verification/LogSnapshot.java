package io.eventagents.audit.verification;

import io.eventagents.audit.log.DamagedFile;
import io.eventagents.audit.log.LogFiles;
import io.eventagents.audit.proof.CheckpointFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How much there was of each file of a log when its verification began. */
final class LogSnapshot {

  private final Set<String> ended;
  private final SortedMap<String, Long> checkpoints;
  private final SortedMap<String, Long> sizes;
  private final long bytes;

  private LogSnapshot(
      Set<String> ended, SortedMap<String, Long> checkpoints, SortedMap<String, Long> sizes) {
    this.ended = ended;
    this.checkpoints = checkpoints;
    this.sizes = Collections.unmodifiableSortedMap(sizes);
    this.bytes = sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * First of the files that have ended, then of the checkpoints: a file does not end without one.
   * Then of the lines: no checkpoint is seen without its lines.
   */
  static LogSnapshot of(LogFiles files, CheckpointFiles checkpointFiles, Findings changes)
      throws IOException {
    List<String> before = files.names();
    Set<String> ended = Set.copyOf(before.subList(0, Math.max(0, before.size() - 1)));
    SortedMap<String, Long> checkpoints = new TreeMap<>();
    for (String name : checkpointFiles.names()) {
      checkpoints.put(name, Files.size(files.path().resolve(name)));
    }
    SortedMap<String, Long> sizes = new TreeMap<>();
    for (String name : files.names()) {
      sizes.put(name, size(files, name, changes));
    }
    return new LogSnapshot(ended, checkpoints, sizes);
  }

  /** The daily files that are there, and those that checkpoints are of; oldest first. */
  SortedSet<String> days() {
    SortedSet<String> days = new TreeSet<>(sizes.keySet());
    checkpoints.keySet().forEach(name -> days.add(CheckpointFiles.logFileOf(name)));
    return days;
  }

  /** The names of the daily files, oldest first. */
  List<String> files() {
    return List.copyOf(sizes.keySet());
  }

  /** Bytes of text of each daily file. */
  Map<String, Long> sizes() {
    return sizes;
  }

  /** Bytes of text of a daily file; null if it is not there. */
  @Nullable Long size(String file) {
    return sizes.get(file);
  }

  /** Whether no other file follows. */
  boolean isNewest(String file) {
    return file.equals(sizes.lastKey());
  }

  /** Whether another file followed already: this one has all its lines and checkpoints. */
  boolean hasEnded(String file) {
    return ended.contains(file);
  }

  /** Bytes of the checkpoints of a daily file. */
  long checkpointed(String file) {
    return checkpoints.getOrDefault(CheckpointFiles.of(file), 0L);
  }

  /** Bytes of text in all. */
  long bytes() {
    return bytes;
  }

  /** A file whose size cannot be told any more counts as empty, and as changed. */
  private static long size(LogFiles files, String file, Findings changes) throws IOException {
    try {
      return files.size(file);
    } catch (DamagedFile e) {
      changes.add(file, 0, -1, "a compressed file as it was written", e.getMessage());
      return 0;
    }
  }
}
