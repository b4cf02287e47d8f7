package io.eventagents.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends batches to the newest file, each whole and on disk, or not at all. What was written
 * counts only if it is in the file that has the name then: whoever replaces or removes a file while
 * it is open takes with it what is written to it from then on. Not thread-safe.
 */
final class LogAppender implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LogAppender.class);

  private final LogDirectory directory;
  private final FileOpener opener;

  private final BlockWriter writer = new BlockWriter();
  private @Nullable String file;

  /** Of the file that is written. */
  private @Nullable Object key;

  private @Nullable FileChannel channel;

  /** Where the last batch ended that is on disk. */
  private long end;

  /** Where the current batch has come to. */
  private long written;

  /** Whether what stands behind the end is of the current batch. */
  private boolean begun;

  /** Whether bytes of a batch that failed may stand behind the end. */
  private boolean leftovers;

  LogAppender(LogDirectory directory, FileOpener opener) {
    this.directory = directory;
    this.opener = opener;
  }

  /**
   * Goes on there, in the file that has the name now.
   *
   * @param place where the log ends; null if it is empty
   */
  void goOnAt(@Nullable LogPlace place) throws IOException {
    release();
    begun = false;
    leftovers = false;
    file = place == null ? null : place.file();
    end = place == null ? 0 : place.position();
    key = place == null ? null : look(place.file()).key();
  }

  /** Takes what stands in the place of the file for it, since this process put it there. */
  void takeReplacement() throws IOException {
    release();
    String name = file;
    if (name != null) {
      FileState found = look(name);
      key = found.key();
      leftovers = leftovers && found.size() > end;
    }
  }

  /** Whether a batch for this file starts it. */
  boolean starts(String name) {
    return !name.equals(file);
  }

  /**
   * Sees that what was written is where it was written. Lines must not go to a file that was moved
   * away, nor behind what another program wrote.
   *
   * @throws ForeignChange if it is not
   */
  void check() throws IOException {
    String name = file;
    if (name != null) {
      FileState found = look(name);
      // What a failed batch left is nobody else's.
      requireOurs(name, found, leftovers ? Math.max(found.size(), end) : end);
    }
    keepHold();
  }

  /** Sees that no other process can write the directory. */
  void keepHold() throws IOException {
    directory.keepHold();
  }

  /** The file as it is on disk now; null if there is none yet. */
  @Nullable FileState onDisk() throws IOException {
    String name = file;
    return name == null ? null : look(name);
  }

  /** Starts a batch, of which all goes to this file; {@link #check} precedes it. */
  void begin(String name) throws IOException {
    if (starts(name)) {
      release();
      if (leftovers) {
        // Nobody comes back to the file once another follows it.
        reopen(current()).close();
      }
      start(name);
    } else if (channel == null) {
      channel = reopen(name);
    }
    written = end;
    begun = true;
  }

  /**
   * Writes lines of the batch, perhaps while the caller goes on.
   *
   * @param lines not to be touched until the next call
   * @param more whether others follow
   */
  void write(ByteBuffer lines, boolean more) throws IOException {
    long at = written;
    written += lines.remaining();
    if (more) {
      writer.begin(open(), lines, at);
    } else {
      writer.write(open(), lines, at);
    }
  }

  /**
   * Returns when the batch is on disk, with its end.
   *
   * @throws ForeignChange if it went to a file that was replaced meanwhile
   */
  LogPlace commit() throws IOException {
    open().force(false);
    requireOurs(current(), look(current()), written);
    end = written;
    begun = false;
    return new LogPlace(current(), end);
  }

  /** Removes what was written of the batch, now or, where the disk does not even do that, later. */
  void rollback(Throwable because) {
    awaitWriter(because);
    try (FileChannel failed = channel) {
      if (failed != null && begun) {
        leftovers = true;
        failed.truncate(end);
        failed.force(true);
        leftovers = false;
      }
    } catch (IOException e) {
      because.addSuppressed(e);
    }
    begun = false;
    channel = null;
  }

  /**
   * Leaves the batch where it went: the file is not this process's alone. It stays open, since it
   * may hold lines that are nowhere else.
   */
  void leave(Throwable because) {
    awaitWriter(because);
    begun = false;
  }

  /**
   * Goes on in what stands in the place of the file, if that is a copy of it, perhaps an older one:
   * what it lacks is still in the file that this process has open, and is added.
   *
   * @return how many bytes were added; negative if it is no such copy, and as it was
   */
  long goOnInCopy() throws IOException {
    FileChannel ours = channel;
    FileState found = onDisk();
    if (ours == null || found == null || found.isFile(key) || found.size() > ours.size()) {
      return -1;
    }
    try (CopiedFile copy = CopiedFile.open(directory.resolve(current()))) {
      if (!copy.beginsLike(ours, found.size())) {
        return -1;
      }
      long added = copy.complete(ours, found.size(), end);
      if (!look(current()).isFile(found.key())) {
        return -1;
      }
      goOnAt(new LogPlace(current(), end));
      return added;
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
    release();
  }

  /** Lets go of the file, which the next batch opens again. */
  void release() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }

  private void awaitWriter(Throwable because) {
    try {
      writer.await();
    } catch (IOException | RuntimeException | Error e) {
      because.addSuppressed(e);
    }
  }

  private void start(String name) throws IOException {
    FileChannel created = opener.open(directory.resolve(name));
    try {
      directory.force();
      String before = file;
      file = name;
      end = 0;
      FileState found = look(name);
      key = found.key();
      requireOurs(name, found, 0);
      channel = created;
      if (before != null) {
        log.info("The audit log goes on in {}", name);
      }
    } catch (IOException e) {
      created.close();
      throw e;
    }
  }

  private FileChannel reopen(String name) throws IOException {
    look(name);
    FileChannel opened = opener.open(directory.resolve(name));
    try {
      if (!look(name).isFile(key)) {
        throw ForeignChange.replaced(directory.resolve(name));
      }
      if (leftovers) {
        opened.truncate(end);
        opened.force(true);
        leftovers = false;
      }
      return opened;
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  private void requireOurs(String name, FileState found, long size) throws ForeignChange {
    if (!found.isFile(key)) {
      throw ForeignChange.replaced(directory.resolve(name));
    }
    if (found.size() != size) {
      throw ForeignChange.resized(directory.resolve(name), size, found.size());
    }
  }

  private FileState look(String name) throws IOException {
    Path path = directory.resolve(name);
    try {
      return FileState.of(path);
    } catch (NoSuchFileException e) {
      throw ForeignChange.gone(path, e);
    }
  }

  private String current() {
    if (file == null) {
      throw new IllegalStateException("No batch was begun");
    }
    return file;
  }

  private FileChannel open() {
    if (channel == null) {
      throw new IllegalStateException("No batch was begun");
    }
    return channel;
  }
}
