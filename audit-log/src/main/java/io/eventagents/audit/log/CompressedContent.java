package io.eventagents.audit.log;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file that {@link CompressedWriter} wrote; it holds the text of one frame in memory. */
final class CompressedContent implements LogContent {

  private final Path path;
  private final FileChannel channel;
  private final SeekTable table;
  private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();

  private int frame = -1;
  private byte[] text = {};

  CompressedContent(Path path) throws IOException {
    this.path = path;
    this.channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      this.table = SeekTable.read(channel, path);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public long size() {
    return table.textSize();
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    if (position >= size()) {
      return -1;
    }
    int wanted = table.frameAt(position);
    if (wanted != frame) {
      load(wanted);
    }
    int from = (int) (position - table.textStart(wanted));
    int count = Math.min(into.remaining(), text.length - from);
    into.put(text, from, count);
    return count;
  }

  @Override
  public void close() throws IOException {
    zstd.close();
    channel.close();
  }

  private void load(int wanted) throws IOException {
    frame = -1;
    byte[] compressed = new byte[table.length(wanted)];
    ByteBuffer into = ByteBuffer.wrap(compressed);
    while (into.hasRemaining()) {
      if (channel.read(into, table.start(wanted) + into.position()) < 0) {
        throw damaged(wanted, "it ends too early", null);
      }
    }
    int length = table.textLength(wanted);
    if (text.length != length) {
      text = new byte[length];
    }
    int decompressed;
    try {
      decompressed = zstd.decompressByteArray(text, 0, length, compressed, 0, compressed.length);
    } catch (ZstdException e) {
      throw damaged(wanted, String.valueOf(e.getMessage()), e);
    }
    if (decompressed != length) {
      throw damaged(wanted, "it has " + decompressed + " bytes of text, not " + length, null);
    }
    frame = wanted;
  }

  private IOException damaged(int broken, String reason, @Nullable Throwable cause) {
    return new DamagedFile(
        "%s is damaged in the frame at byte %d (text from byte %d): %s"
            .formatted(path, table.start(broken), table.textStart(broken), reason),
        cause);
  }
}
