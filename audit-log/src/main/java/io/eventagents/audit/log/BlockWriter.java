package io.eventagents.audit.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Writes blocks of lines in their order, each while the next is made. Copying them to the system is
 * what costs most of the log's time where memory for the file has to be found. Not thread-safe.
 */
final class BlockWriter implements AutoCloseable {

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("audit-log-writer").factory());

  private @Nullable CompletableFuture<Void> writing;

  /**
   * Begins to write once what was begun before is written.
   *
   * @param lines are not to be touched until the next call
   * @throws IOException if what was begun before failed
   */
  void begin(FileChannel channel, ByteBuffer lines, long position) throws IOException {
    await();
    writing = CompletableFuture.runAsync(() -> writeUnchecked(channel, lines, position), thread);
  }

  /**
   * Writes it, and what was begun before.
   *
   * @throws IOException if either failed
   */
  void write(FileChannel channel, ByteBuffer lines, long position) throws IOException {
    await();
    writeAll(channel, lines, position);
  }

  /**
   * Waits until what was begun is written.
   *
   * @throws IOException if it failed
   */
  void await() throws IOException {
    CompletableFuture<Void> begun = writing;
    writing = null;
    if (begun != null) {
      try {
        begun.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof UncheckedIOException failure) {
          throw new IOException(failure.getMessage(), failure);
        }
        throw e;
      }
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }

  private static void writeUnchecked(FileChannel channel, ByteBuffer lines, long position) {
    try {
      writeAll(channel, lines, position);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static void writeAll(FileChannel channel, ByteBuffer lines, long position)
      throws IOException {
    long at = position;
    while (lines.hasRemaining()) {
      at += channel.write(lines, at);
    }
  }
}
