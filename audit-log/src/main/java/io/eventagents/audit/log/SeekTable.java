package io.eventagents.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the frames of a compressed file are, as it stands at its end: the seek table of zstd's
 * seekable format, a frame that zstd itself skips.
 */
final class SeekTable {

  private static final int SKIPPABLE = 0x184D2A5E;
  private static final int SEEKABLE = 0x8F92EAB1;
  private static final int HEADER = 8;
  private static final int FOOTER = 9;
  private static final int CHECKSUMS = 0x80;
  private static final int ENTRY = 8;

  /**
   * No frame of ours has as much; what claims more is to be refused before there is room for it.
   */
  private static final int LARGEST_FRAME = 64 * 1024 * 1024;

  /** Where each frame starts in the file, and where the last one ends. */
  private final long[] compressed;

  /** Where the text of each frame starts, and where it ends. */
  private final long[] text;

  private SeekTable(long[] compressed, long[] text) {
    this.compressed = compressed;
    this.text = text;
  }

  /**
   * Reads the table of a file.
   *
   * @throws IOException if it has none, or one that does not fit the file
   */
  static SeekTable read(FileChannel file, Path name) throws IOException {
    long size = file.size();
    ByteBuffer footer = bytes(file, size - FOOTER, FOOTER, name);
    int count = footer.getInt();
    int descriptor = footer.get() & 0xFF;
    if (footer.getInt() != SEEKABLE || count < 0) {
      throw foreign(name);
    }
    int entry = (descriptor & CHECKSUMS) == 0 ? ENTRY : ENTRY + Integer.BYTES;
    long length = HEADER + (long) count * entry + FOOTER;
    if (length > Integer.MAX_VALUE) {
      throw foreign(name);
    }
    ByteBuffer table = bytes(file, size - length, (int) length, name);
    if (table.getInt() != SKIPPABLE || table.getInt() != length - HEADER) {
      throw foreign(name);
    }
    long[] compressed = new long[count + 1];
    long[] text = new long[count + 1];
    for (int i = 0; i < count; i++) {
      compressed[i + 1] = compressed[i] + Integer.toUnsignedLong(table.getInt());
      text[i + 1] = text[i] + Integer.toUnsignedLong(table.getInt());
      table.position(HEADER + (i + 1) * entry);
      refuseStrange(compressed[i + 1] - compressed[i], text[i + 1] - text[i], name);
    }
    if (compressed[count] != size - length) {
      throw foreign(name);
    }
    return new SeekTable(compressed, text);
  }

  long textSize() {
    return text[text.length - 1];
  }

  /** The frame that has this position of the text. */
  int frameAt(long position) {
    int found = Arrays.binarySearch(text, position);
    return found >= 0 ? found : -found - 2;
  }

  long textStart(int frame) {
    return text[frame];
  }

  int textLength(int frame) {
    return (int) (text[frame + 1] - text[frame]);
  }

  long start(int frame) {
    return compressed[frame];
  }

  int length(int frame) {
    return (int) (compressed[frame + 1] - compressed[frame]);
  }

  /** A frame without text is never read here, but zstd would show what is in it. */
  private static void refuseStrange(long compressed, long text, Path name) throws IOException {
    if (compressed == 0 || text == 0 || compressed > LARGEST_FRAME || text > LARGEST_FRAME) {
      throw new DamagedFile(
          "%s has a frame of %d bytes, of %d bytes of text: none that the audit log writes"
              .formatted(name, compressed, text),
          null);
    }
  }

  private static ByteBuffer bytes(FileChannel file, long from, int count, Path name)
      throws IOException {
    if (from < 0) {
      throw foreign(name);
    }
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, from + bytes.position()) < 0) {
        throw foreign(name);
      }
    }
    return bytes.flip();
  }

  private static IOException foreign(Path name) {
    return new DamagedFile(
        name
            + " was cut short, or compressed by another program: its end is no seek table."
            + " A file that zstd can still read whole becomes one of the log by zstd -d",
        null);
  }

  /** A table under construction. */
  static final class Builder {

    private final List<int[]> frames = new ArrayList<>();

    void add(int compressed, int text) {
      frames.add(new int[] {compressed, text});
    }

    ByteBuffer build() {
      int length = HEADER + frames.size() * ENTRY + FOOTER;
      ByteBuffer table = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
      table.putInt(SKIPPABLE).putInt(length - HEADER);
      for (int[] frame : frames) {
        table.putInt(frame[0]).putInt(frame[1]);
      }
      return table.putInt(frames.size()).put((byte) 0).putInt(SEEKABLE).flip();
    }
  }
}
