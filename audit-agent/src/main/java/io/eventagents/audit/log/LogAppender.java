package io.eventagents.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends batches to the newest file, each whole and on disk, or not at all. A day starts a file,
 * never an older one than there is, so that the order of the files is the order of the lines. Not
 * thread-safe.
 */
final class LogAppender implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LogAppender.class);

  private final LogDirectory directory;
  private final FileOpener opener;

  private final BlockWriter writer = new BlockWriter();
  private @Nullable String file;
  private @Nullable FileChannel channel;

  /** Where the last batch ended that is on disk. */
  private long end;

  /** Where the current batch has come to. */
  private long written;

  /** Whether what stands behind the end is of the current batch. */
  private boolean begun;

  /** Whether bytes of a batch that failed may stand behind the end. */
  private boolean leftovers;

  /**
   * @param end where the log ends; null where it is empty
   */
  LogAppender(LogDirectory directory, FileOpener opener, @Nullable LogPlace end) {
    this.directory = directory;
    this.opener = opener;
    if (end != null) {
      this.file = end.file();
      this.end = end.position();
    }
  }

  /** Whether a batch of this day starts a new file. */
  boolean rotatesAt(LocalDate day) {
    return file == null || LogDirectory.fileOf(day).compareTo(file) > 0;
  }

  /** Starts a batch. */
  void begin(LocalDate day) throws IOException {
    String ofDay = LogDirectory.fileOf(day);
    if (rotatesAt(day)) {
      release();
      if (leftovers) {
        // Nobody comes back to the file once another follows it.
        reopen(current()).close();
      }
      channel = create(ofDay);
      if (file != null && file.compareTo(ofDay) < 0) {
        log.info("The audit log goes on in {}", ofDay);
      }
      file = ofDay;
      end = 0;
    } else if (channel == null) {
      channel = reopen(current());
    }
    refuseForeignChange(current());
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

  /** Returns when the batch is on disk, with its end. */
  LogPlace commit() throws IOException {
    open().force(false);
    end = written;
    begun = false;
    return new LogPlace(current(), end);
  }

  /** Removes what was written of the batch, now or, where the disk does not even do that, later. */
  void rollback(Throwable because) {
    try {
      writer.await();
    } catch (IOException | RuntimeException | Error e) {
      because.addSuppressed(e);
    }
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

  private FileChannel create(String name) throws IOException {
    FileChannel created = opener.open(directory.resolve(name));
    try {
      directory.force();
      return created;
    } catch (IOException e) {
      created.close();
      throw e;
    }
  }

  private FileChannel reopen(String name) throws IOException {
    if (!Files.exists(directory.resolve(name))) {
      throw new IOException(directory.resolve(name) + " is gone");
    }
    FileChannel opened = opener.open(directory.resolve(name));
    if (leftovers) {
      try {
        opened.truncate(end);
        opened.force(true);
      } catch (IOException e) {
        opened.close();
        throw e;
      }
      leftovers = false;
    }
    return opened;
  }

  /** Lines must not go to a file that was moved away, nor behind what another program wrote. */
  private void refuseForeignChange(String name) throws IOException {
    long size = Files.size(directory.resolve(name));
    if (size != end) {
      throw new IOException(
          directory.resolve(name)
              + " has "
              + size
              + " bytes where "
              + end
              + " were written: another program changed it;"
              + " restart the audit agent to go on after what the log holds now");
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
