package io.eventagents.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The lock that a process holds on the data directory of its PostgreSQL server. */
record DataLock(Path dataDirectory) {

  private static final String FILE = "epg-lock";

  /**
   * @throws IllegalStateException if a living process has its server on this directory
   */
  void refuseWhereHeld() {
    Path file = dataDirectory.resolve(FILE);
    if (!Files.exists(file)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw inUse();
      }
    } catch (OverlappingFileLockException e) {
      throw inUse();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not lock " + file, e);
    }
  }

  private IllegalStateException inUse() {
    return new IllegalStateException(
        "The PostgreSQL data in %s are in use by another process: end that one or choose another directory"
            .formatted(dataDirectory));
  }
}
