package io.eventagents.audit.proof;

import io.eventagents.audit.log.Utf8;
import java.io.ByteArrayOutputStream;
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
  private final Utf8 utf8 = new Utf8();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long line;
  private long position;

  /** A line that belongs to the next note. */
  private @Nullable Line ahead;

  private boolean ended;

  /**
   * @param in buffered
   */
  public NoteReader(InputStream in) {
    this.in = in;
  }

  /** The next note, or what stands there instead; null if there is no more. */
  public @Nullable FoundNote next() throws IOException {
    StringBuilder text = new StringBuilder();
    Line first = ahead == null ? readLine() : ahead;
    ahead = null;
    if (first == null) {
      return null;
    }
    long firstLine = line;
    long start = position - first.bytes();
    boolean signed = false;
    boolean isText = true;
    for (Line read = first; read != null; read = readLine()) {
      boolean signature = NoteSignature.isOne(read.text());
      if (signed && !signature) {
        ahead = read;
        break;
      }
      signed = signature;
      if (read.tooLong()) {
        return trouble(
            firstLine, start, "a note, whose lines have at most " + LONGEST_LINE + " bytes");
      }
      if (text.length() + read.text().length() > LONGEST_NOTE) {
        return trouble(firstLine, start, "a note of at most " + LONGEST_NOTE + " characters");
      }
      text.append(read.text());
      isText &= read.isText();
      if (ended) {
        break;
      }
    }
    long end = position - (ahead == null ? 0 : ahead.bytes());
    boolean unsigned = ahead == null && !signed;
    return found(firstLine, start, end, isText ? text.toString() : null, text, unsigned);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /**
   * @param text null if the bytes are no text
   * @param read what they look like
   */
  private FoundNote found(
      long firstLine,
      long start,
      long end,
      @Nullable String text,
      StringBuilder read,
      boolean unsigned) {
    boolean torn = ended && (unsigned || read.charAt(read.length() - 1) != '\n');
    if (text == null) {
      return new FoundNote(firstLine, start, end, null, "a note of well-formed UTF-8", torn);
    }
    try {
      return new FoundNote(firstLine, start, end, SignedNote.parse(text), null, torn);
    } catch (MalformedNote e) {
      return new FoundNote(firstLine, start, end, null, e.getMessage(), torn);
    }
  }

  /** What was read so far is no note; the next line may start one. */
  private FoundNote trouble(long firstLine, long start, String expected) {
    return new FoundNote(firstLine, start, position, null, expected, false);
  }

  /** With its line feed, where it has one; null at the end. */
  private @Nullable Line readLine() throws IOException {
    bytes.reset();
    long length = 0;
    int b = in.read();
    while (b >= 0) {
      length++;
      if (length <= LONGEST_LINE) {
        bytes.write(b);
      }
      if (b == '\n') {
        break;
      }
      b = in.read();
    }
    ended = b < 0;
    if (length == 0) {
      return null;
    }
    line++;
    position += length;
    return new Line(
        bytes.toString(StandardCharsets.UTF_8),
        utf8.isValid(bytes.toByteArray()),
        length,
        length > LONGEST_LINE);
  }

  /**
   * A line as it was read.
   *
   * @param text its first bytes only, where it is too long
   * @param isText whether all of its bytes are
   */
  private record Line(String text, boolean isText, long bytes, boolean tooLong) {}
}
