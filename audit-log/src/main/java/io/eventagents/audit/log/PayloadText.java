package io.eventagents.audit.log;

import org.jspecify.annotations.Nullable;

/**
 * How a payload stands in a line: as the value of {@code event} or of {@code raw}. One payload has
 * one form, so that who verifies a line can tell when another form was put in its place; only what
 * earlier versions wrote in another one has two. Not thread-safe.
 */
public final class PayloadText {

  private final Utf8 utf8 = new Utf8();
  private final LineBuffer buffer = new LineBuffer(1024);

  /**
   * What the line of a payload has of it.
   *
   * @param bytes {@code ,"event":...} or {@code ,"raw":...}
   * @param asItCame whether the payload can be told from that byte for byte; if not, the line also
   *     has {@code payload_digest.bytes}
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared once, by its bytes.
  public record Rendering(byte[] bytes, boolean asItCame) {}

  /** The text of this payload. */
  public Rendering of(byte @Nullable [] payload) {
    buffer.clear();
    boolean asItCame = write(payload, buffer);
    return new Rendering(buffer.copy(), asItCame);
  }

  /**
   * The text of this payload as JSON, also where halves of surrogate pairs keep it from standing in
   * a line like that: earlier versions wrote it so. Null if it is {@code raw} for another reason.
   */
  public @Nullable Rendering asEvent(byte[] payload) {
    boolean plain = AsciiScan.oneLine(payload) != AsciiScan.NOT_ONE_LINE;
    int start = JsonText.start(payload);
    if (!isJson(payload, plain, start)) {
      return null;
    }
    buffer.clear();
    boolean asItCame = writeEvent(payload, plain, start, buffer);
    return new Rendering(buffer.copy(), asItCame);
  }

  /** Whether the line has the payload byte for byte. */
  boolean write(byte @Nullable [] payload, LineBuffer line) {
    if (payload == null) {
      line.verbatim(LineKeys.RAW).verbatim(LineKeys.NULL);
      return true;
    }
    int escapes = AsciiScan.oneLine(payload);
    boolean plain = escapes != AsciiScan.NOT_ONE_LINE;
    int start = JsonText.start(payload);
    if (isJson(payload, plain, start)
        && !SurrogateEscapes.haveHalf(payload, plain ? escapes : start)) {
      return writeEvent(payload, plain, start, line);
    }
    line.verbatim(LineKeys.RAW).ascii('"').base64(payload).ascii('"');
    return true;
  }

  private boolean isJson(byte[] payload, boolean plain, int start) {
    return (plain || utf8.isValid(payload)) && JsonText.isObject(payload, start);
  }

  private static boolean writeEvent(byte[] payload, boolean plain, int start, LineBuffer line) {
    line.verbatim(LineKeys.EVENT);
    if (plain || (start == 0 && isOneLine(payload))) {
      line.verbatim(payload);
      return true;
    }
    line.compact(payload, start);
    return false;
  }

  private static boolean isOneLine(byte[] json) {
    return AsciiScan.first('\n', json, 0) == json.length
        && AsciiScan.first('\r', json, 0) == json.length;
  }
}
