package io.eventagents.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What stands in the place of a file, held against that file. Not thread-safe. */
final class CopiedFile implements AutoCloseable {

  private static final int CHUNK = 1024 * 1024;

  private final FileChannel copy;
  private final ByteBuffer mine = ByteBuffer.allocate(CHUNK);
  private final ByteBuffer theirs = ByteBuffer.allocate(CHUNK);

  private CopiedFile(FileChannel copy) {
    this.copy = copy;
  }

  static CopiedFile open(Path file) throws IOException {
    return new CopiedFile(
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /** Whether both have the same first bytes, so many of them. */
  boolean beginsLike(FileChannel original, long bytes) throws IOException {
    for (long at = 0; at < bytes; at += CHUNK) {
      int length = (int) Math.min(CHUNK, bytes - at);
      if (!read(copy, mine, at, length) || !read(original, theirs, at, length)) {
        return false;
      }
      if (!mine.equals(theirs)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Adds what it lacks up to there, or cuts off what it has beyond, and returns when it is on disk.
   *
   * @return how many bytes were added
   */
  long complete(FileChannel original, long size, long end) throws IOException {
    if (size > end) {
      copy.truncate(end);
    }
    for (long at = size; at < end; at += CHUNK) {
      int length = (int) Math.min(CHUNK, end - at);
      if (!read(original, theirs, at, length)) {
        throw new IOException("The file that was replaced has lost bytes as well");
      }
      while (theirs.hasRemaining()) {
        copy.write(theirs, at + theirs.position());
      }
    }
    copy.force(true);
    return Math.max(0, end - size);
  }

  @Override
  public void close() throws IOException {
    copy.close();
  }

  private static boolean read(FileChannel from, ByteBuffer into, long at, int length)
      throws IOException {
    into.clear().limit(length);
    while (into.hasRemaining()) {
      if (from.read(into, at + into.position()) < 0) {
        return false;
      }
    }
    into.flip();
    return true;
  }
}
