package io.eventagents.audit.log;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Writes text as a file of zstd: independent frames of 4 MiB of text, each with its size and a
 * checksum, and at the end where they are, in zstd's seekable format. Any program that reads zstd
 * reads it, and one that knows the table begins at any position. The same text makes the same file.
 * Not thread-safe.
 */
public final class CompressedWriter implements AutoCloseable {

  private static final int FRAME = 4 * 1024 * 1024;

  private final FileChannel file;
  private final ZstdCompressCtx zstd = new ZstdCompressCtx().setChecksum(true).setContentSize(true);
  private final SeekTable.Builder table = new SeekTable.Builder();
  private final byte[] text = new byte[FRAME];
  private final byte[] compressed = new byte[Math.toIntExact(Zstd.compressBound(FRAME))];
  private int filled;

  /**
   * @param file is written from where it stands, and left open
   */
  public CompressedWriter(FileChannel file) {
    this.file = file;
  }

  /** Takes some more text. */
  public void write(byte[] bytes, int from, int length) throws IOException {
    int taken = 0;
    while (taken < length) {
      int count = Math.min(length - taken, FRAME - filled);
      System.arraycopy(bytes, from + taken, text, filled, count);
      filled += count;
      taken += count;
      if (filled == FRAME) {
        frame();
      }
    }
  }

  /** Writes what is left, and the table. */
  public void finish() throws IOException {
    if (filled > 0) {
      frame();
    }
    write(table.build());
  }

  @Override
  public void close() {
    zstd.close();
  }

  private void frame() throws IOException {
    int length = zstd.compressByteArray(compressed, 0, compressed.length, text, 0, filled);
    write(ByteBuffer.wrap(compressed, 0, length));
    table.add(length, filled);
    filled = 0;
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }
}
