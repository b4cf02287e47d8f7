package io.eventagents.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of a log, held by one process: the daily files, and beside them what is derived
 * from them.
 */
public final class LogDirectory implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LogDirectory.class);

  /** What those who replace daily files leave when a crash stops them. */
  private static final String LEFTOVERS = "audit-*" + LogFiles.FRESH;

  private static final String LOCK = "log.lock";
  private static final String IDENTITY = "log.id";

  private final Path path;
  private final LogFiles files;
  private final UUID id;
  private final Lock changes = new ReentrantLock();

  private volatile FileChannel lockChannel;
  private volatile @Nullable Object lockKey;

  private LogDirectory(Path path, FileChannel lockChannel) throws IOException {
    this.path = path;
    this.files = new LogFiles(path);
    this.lockChannel = lockChannel;
    this.lockKey = FileState.of(path.resolve(LOCK)).key();
    this.id = identity();
  }

  /**
   * Takes hold of a directory, which is made if it is missing.
   *
   * @throws LogDirectoryUnusable if another process holds it, or it cannot be written
   */
  public static LogDirectory open(Path directory) {
    Path path = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(path);
      FileChannel channel = openLock(path);
      try {
        return hold(path, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw LogDirectoryUnusable.because(path, e);
    }
  }

  /** Where it is, as an absolute path. */
  public Path path() {
    return path;
  }

  /** Names this log among others, for as long as its directory exists. */
  public UUID id() {
    return id;
  }

  /** The names of the daily files, oldest first, each once whatever its form. */
  public List<String> files() throws IOException {
    return files.names();
  }

  /** How many bytes of text a daily file has, whatever its form. */
  public long size(String file) throws IOException {
    return files.size(file);
  }

  /** The daily files, for reading. */
  public LogFiles content() {
    return files;
  }

  /**
   * Held by those who replace or remove daily files that are there, one at a time. Who writes or
   * reads lines needs it not.
   */
  public Lock changes() {
    return changes;
  }

  /**
   * Sees that this process still holds the directory: whoever replaces its content, lock and all,
   * lets another process in.
   *
   * @throws ForeignChange if it is no longer the directory of this log, or another process has it
   */
  void keepHold() throws IOException {
    try {
      if (FileState.of(path.resolve(LOCK)).isFile(lockKey)) {
        return;
      }
    } catch (NoSuchFileException e) {
      log.debug("{} is gone", path.resolve(LOCK), e);
    }
    requireIdentity();
    FileChannel channel = openLock(path);
    if (lock(channel) == null) {
      String holder = holder(channel);
      channel.close();
      throw new ForeignChange(
          path + " is being written by another audit agent, process " + holder + ", as well");
    }
    sign(channel);
    FileChannel before = lockChannel;
    lockChannel = channel;
    lockKey = FileState.of(path.resolve(LOCK)).key();
    before.close();
    log.warn(
        "Another program removed or replaced {}: this process holds it again", path.resolve(LOCK));
  }

  private void requireIdentity() throws IOException {
    String found;
    try {
      found = Files.readString(path.resolve(IDENTITY)).strip();
    } catch (NoSuchFileException e) {
      throw ForeignChange.gone(path.resolve(IDENTITY), e);
    }
    if (!found.equals(id.toString())) {
      throw new ForeignChange(
          "%s is the directory of another log now, %s: another program changed it"
              .formatted(path, found));
    }
  }

  Path resolve(String file) {
    return path.resolve(file);
  }

  /** Makes the names of new files survive a power cut. */
  public void force() throws IOException {
    try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  /**
   * Replaces a file, whole or not at all.
   *
   * @throws IOException if it cannot be written; it is as it was then
   */
  public void replace(String file, byte[] content) throws IOException {
    Path fresh = resolve(file + LogFiles.FRESH);
    try (FileChannel channel = LogFiles.create(fresh)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    putInPlace(fresh, resolve(file));
  }

  /** Puts a file that is whole and on disk in the place of another, whole or not at all. */
  public void putInPlace(Path fresh, Path place) throws IOException {
    Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force();
  }

  /** Lets another process take hold of it. */
  @Override
  public void close() throws IOException {
    lockChannel.close();
  }

  private UUID identity() throws IOException {
    Path file = path.resolve(IDENTITY);
    if (Files.exists(file)) {
      String text = Files.readString(file).strip();
      try {
        return UUID.fromString(text);
      } catch (IllegalArgumentException e) {
        throw new IOException("log.id holds '" + text + "', which is no UUID", e);
      }
    }
    UUID made = UUID.randomUUID();
    replace(IDENTITY, ByteText.ascii(made + "\n"));
    return made;
  }

  private static LogDirectory hold(Path path, FileChannel channel) throws IOException {
    if (lock(channel) == null) {
      throw LogDirectoryUnusable.inUse(path, holder(channel));
    }
    sign(channel);
    removeLeftovers(path);
    return new LogDirectory(path, channel);
  }

  private static FileChannel openLock(Path path) throws IOException {
    return FileChannel.open(
        path.resolve(LOCK),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  private static void sign(FileChannel channel) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(ByteText.ascii(Long.toString(ProcessHandle.current().pid()))), 0);
  }

  private static void removeLeftovers(Path path) throws IOException {
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(path, LEFTOVERS)) {
      for (Path leftover : leftovers) {
        log.info("A crash left {} unfinished: removed", leftover);
        Files.delete(leftover);
      }
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(20);
    channel.read(pid, 0);
    return ByteText.text(pid.array(), 0, pid.position());
  }
}
