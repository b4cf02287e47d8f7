package io.eventagents.audit.log;

import org.jspecify.annotations.Nullable;

/**
 * How a payload stands in a line: as the value of {@code event} or of {@code raw}. One payload has
 * one form, so that who verifies a line can tell when another form was put in its place. Not
 * thread-safe.
 */
public final class PayloadText {

  private final Utf8 utf8 = new Utf8();
  private final LineBuffer buffer = new LineBuffer(1024);

  /**
   * What the line of a payload has of it.
   *
   * @param bytes {@code ,"event":...} or {@code ,"raw":...}
   * @param asItCame whether the payload can be told from that byte for byte; where not, the line
   *     also has {@code payload_digest.bytes}
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared once, by its bytes.
  public record Rendering(byte[] bytes, boolean asItCame) {}

  /** The text of this payload. */
  public Rendering of(byte @Nullable [] payload) {
    buffer.clear();
    boolean asItCame = write(payload, buffer);
    return new Rendering(buffer.copy(), asItCame);
  }

  /** Whether the line has the payload byte for byte. */
  boolean write(byte @Nullable [] payload, LineBuffer line) {
    if (payload == null) {
      line.ascii(",\"raw\":null");
      return true;
    }
    boolean plain = AsciiScan.isOneLine(payload);
    int start = startsWithByteOrderMark(payload) ? 3 : 0;
    if (!(plain || utf8.isValid(payload)) || !JsonText.isObject(payload, start)) {
      line.ascii(",\"raw\":").base64(payload);
    } else if (plain || (start == 0 && isOneLine(payload))) {
      line.ascii(",\"event\":").verbatim(payload);
    } else {
      line.ascii(",\"event\":").compact(payload, start);
      return false;
    }
    return true;
  }

  private static boolean startsWithByteOrderMark(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }

  private static boolean isOneLine(byte[] json) {
    for (byte b : json) {
      if (b == '\n' || b == '\r') {
        return false;
      }
    }
    return true;
  }
}
