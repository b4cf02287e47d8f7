package io.eventagents.audit.proof;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads notes that stand one after the other, one at a time. Not thread-safe. */
public final class NoteReader implements AutoCloseable {

  /** No line of a note is nearly as long. */
  private static final int LONGEST_LINE = 16 * 1024;

  private static final int LONGEST_NOTE = 64 * 1024;

  private final InputStream in;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long line;
  private long position;

  /** A line that belongs to the next note. */
  private @Nullable String ahead;

  private boolean ended;

  /**
   * @param in buffered
   */
  public NoteReader(InputStream in) {
    this.in = in;
  }

  /** The next note; null where there is no more. */
  public @Nullable FoundNote next() throws IOException {
    StringBuilder text = new StringBuilder();
    String first = ahead == null ? readLine() : ahead;
    ahead = null;
    if (first == null) {
      return null;
    }
    long firstLine = line;
    long start = position - bytesOf(first);
    boolean signed = false;
    for (String read = first; read != null; read = readLine()) {
      boolean signature = NoteSignature.isOne(read);
      if (signed && !signature) {
        ahead = read;
        break;
      }
      signed = signature;
      if (text.length() + read.length() > LONGEST_NOTE) {
        throw new IOException("line " + firstLine + " starts a note without an end");
      }
      text.append(read);
      if (ended) {
        break;
      }
    }
    long end = position - (ahead == null ? 0 : bytesOf(ahead));
    return found(firstLine, start, end, text.toString(), ahead == null && !signed);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private FoundNote found(long firstLine, long start, long end, String text, boolean unsigned) {
    boolean torn = ended && (unsigned || !text.endsWith("\n"));
    try {
      return new FoundNote(firstLine, start, end, SignedNote.parse(text), null, torn);
    } catch (MalformedNote e) {
      return new FoundNote(firstLine, start, end, null, e.getMessage(), torn);
    }
  }

  /** With its line feed, where it has one; null at the end. */
  private @Nullable String readLine() throws IOException {
    bytes.reset();
    int b = in.read();
    while (b >= 0) {
      bytes.write(b);
      if (b == '\n') {
        break;
      }
      if (bytes.size() > LONGEST_LINE) {
        throw new EOFException("line " + (line + 1) + " is too long for a note");
      }
      b = in.read();
    }
    ended = b < 0;
    if (bytes.size() == 0) {
      return null;
    }
    line++;
    position += bytes.size();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int bytesOf(String line) {
    return line.getBytes(StandardCharsets.UTF_8).length;
  }
}
