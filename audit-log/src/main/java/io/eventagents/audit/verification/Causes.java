package io.eventagents.audit.verification;

import io.eventagents.audit.log.LogFiles;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds events whose cause is not in the log. Only causes of the form of a UUID are looked for:
 * those that name a call, which every chain begins with, are no events. In constant memory: ids
 * wait in temporary files, and are compared a share at a time. Not thread-safe.
 */
final class Causes implements AutoCloseable {

  /**
   * An event whose cause is missing.
   *
   * @param file where its line is
   * @param line its number in the file
   * @param causationId the cause
   */
  record Dangling(String file, long line, String causationId) {}

  private static final int UUID_LENGTH = 36;
  private static final int KEPT = 20;

  /** Ids that are held at once. */
  private final int share;

  /** Ids of events seen lately: most causes are among them, and need not be kept. */
  private final long[] recent = new long[1 << 16];

  private final Path eventsFile;
  private final Path causesFile;
  private final DataOutputStream events;
  private final DataOutputStream causes;
  private final List<String> files = new ArrayList<>();
  private long eventCount;
  private long causeCount;
  private long calls;
  private long dangling;
  private final List<Dangling> first = new ArrayList<>();

  /**
   * @param share ids that are held at once
   * @param temporary where the temporary files go; null for where the machine has them
   */
  Causes(int share, @Nullable Path temporary) throws IOException {
    this.share = share;
    this.eventsFile = temporary(temporary, "audit-verify-events");
    this.causesFile = temporary(temporary, "audit-verify-causes");
    this.events = open(eventsFile);
    this.causes = open(causesFile);
  }

  void event(@Nullable String id) throws IOException {
    if (id == null || id.length() != UUID_LENGTH) {
      return;
    }
    UUID uuid = uuid(id);
    if (uuid != null) {
      long hash = hash(uuid);
      if (recent[(int) hash & (recent.length - 1)] != hash) {
        recent[(int) hash & (recent.length - 1)] = hash;
        events.writeLong(hash);
        eventCount++;
      }
    }
  }

  void cause(@Nullable String id, String file, long line) throws IOException {
    if (id == null) {
      return;
    }
    UUID uuid = id.length() == UUID_LENGTH ? uuid(id) : null;
    if (uuid == null) {
      calls++;
      return;
    }
    if (recent[(int) hash(uuid) & (recent.length - 1)] == hash(uuid)) {
      return;
    }
    if (files.isEmpty() || !files.getLast().equals(file)) {
      files.add(file);
    }
    causes.writeLong(uuid.getMostSignificantBits());
    causes.writeLong(uuid.getLeastSignificantBits());
    causes.writeInt(files.size() - 1);
    causes.writeLong(line);
    causeCount++;
  }

  /** Compares. */
  void compare() throws IOException {
    events.close();
    causes.close();
    if (causeCount == 0) {
      return;
    }
    long shares = Math.max(1, (eventCount + share - 1) / share);
    for (long number = 0; number < shares; number++) {
      compareShare(ids(number, shares), number, shares);
    }
  }

  /** How many events name a cause that is not in the log. */
  long count() {
    return dangling;
  }

  /** How many events name something else as their cause, such as a call. */
  long calls() {
    return calls;
  }

  /** Some of those whose cause is missing. */
  List<Dangling> first() {
    return first;
  }

  @Override
  public void close() throws IOException {
    try (events;
        causes) {
      Files.deleteIfExists(eventsFile);
      Files.deleteIfExists(causesFile);
    }
  }

  private long[] ids(long number, long shares) throws IOException {
    long[] ids = new long[(int) Math.min(eventCount, 2L * share)];
    int count = 0;
    try (DataInputStream in = read(eventsFile)) {
      for (long i = 0; i < eventCount; i++) {
        long hash = in.readLong();
        if (Long.remainderUnsigned(hash, shares) == number) {
          if (count == ids.length) {
            ids = Arrays.copyOf(ids, count * 2);
          }
          ids[count++] = hash;
        }
      }
    }
    ids = Arrays.copyOf(ids, count);
    Arrays.sort(ids);
    return ids;
  }

  private void compareShare(long[] ids, long number, long shares) throws IOException {
    try (DataInputStream in = read(causesFile)) {
      for (long i = 0; i < causeCount; i++) {
        UUID cause = new UUID(in.readLong(), in.readLong());
        String file = files.get(in.readInt());
        long line = in.readLong();
        if (Long.remainderUnsigned(hash(cause), shares) == number
            && Arrays.binarySearch(ids, hash(cause)) < 0) {
          dangling++;
          if (first.size() < KEPT) {
            first.add(new Dangling(file, line, cause.toString()));
          }
        }
      }
    }
  }

  private static @Nullable UUID uuid(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Named like what is under construction: the next start removes what a crash left of it. */
  private static Path temporary(@Nullable Path directory, String prefix) throws IOException {
    return directory == null
        ? Files.createTempFile(prefix, LogFiles.FRESH)
        : Files.createTempFile(directory, prefix, LogFiles.FRESH);
  }

  /** Spread evenly, whoever made the ids; never 0, which stands for none. */
  private static long hash(UUID id) {
    long hash = id.getMostSignificantBits() * 0x9E3779B97F4A7C15L ^ id.getLeastSignificantBits();
    hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
    hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
    hash ^= hash >>> 31;
    return hash == 0 ? 1 : hash;
  }

  private static DataOutputStream open(Path file) throws IOException {
    return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024));
  }

  private static DataInputStream read(Path file) throws IOException {
    return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 64 * 1024));
  }
}
