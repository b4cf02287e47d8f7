package io.eventagents.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** The folder that holds all data. One process at a time can use it. */
final class DataFolder implements AutoCloseable {

  private static final String LOCK = "local.lock";

  /** Everything that this program stores there; {@code --fresh} deletes nothing else. */
  private static final List<String> CONTENTS =
      List.of(
          "kafka",
          "postgresql",
          "postgresql.log",
          "postgresql.initialising",
          "audit",
          "inbox.jsonl");

  private final Path path;
  private final FileChannel lock;

  private DataFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * @throws StartRefused if another process uses the folder, or it cannot be created
   */
  static DataFolder open(Path configured) {
    Path path = root(Path.of("").toAbsolutePath()).resolve(configured).normalize();
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new StartRefused(
            "Another process uses the data in %s. Stop it, or choose another folder with --local.directory=<folder>"
                .formatted(path));
      }
      return new DataFolder(path, channel);
    } catch (IOException e) {
      throw new StartRefused(
          "The data folder %s cannot be used (%s). Choose another one with --local.directory=<folder>"
              .formatted(path, e),
          e);
    }
  }

  Path path() {
    return path;
  }

  Path kafka() {
    return path.resolve("kafka");
  }

  Path postgreSql() {
    return path.resolve("postgresql");
  }

  Path audit() {
    return path.resolve("audit");
  }

  Path inbox() {
    return path.resolve("inbox.jsonl");
  }

  void empty() {
    try {
      for (String name : CONTENTS) {
        FileSystemUtils.deleteRecursively(path.resolve(name));
      }
    } catch (IOException e) {
      throw new StartRefused("Could not delete the data in %s: %s".formatted(path, e), e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /**
   * Maven starts this program in the module or in the repository; both must use the same folder.
   */
  private static Path root(Path workingDirectory) {
    for (Path folder = workingDirectory; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("mvnw"))) {
        return folder;
      }
    }
    return workingDirectory;
  }
}
