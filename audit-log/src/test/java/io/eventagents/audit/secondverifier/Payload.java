package io.eventagents.audit.secondverifier;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Whether a payload stands as {@code event} or as {@code raw}, and how (section "event or raw").
 */
final class Payload {

  /** Half a surrogate pair in a value stands as raw, and stood as event in earlier versions. */
  private enum Standing {
    EVENT,
    EITHER,
    RAW
  }

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private Payload() {}

  /** The payload of a line with {@code event}. */
  static byte[] ofEvent(byte[] event, byte[] bytes) throws FormException {
    byte[] payload = bytes == null ? event : bytes;
    if (standing(payload) == Standing.RAW) {
      throw new FormException("raw, since the payload cannot stand as event", 0);
    }
    boolean changed =
        startsWithMark(payload) || Bytes.has(payload, '\n') || Bytes.has(payload, '\r');
    if (changed != (bytes != null)) {
      throw new FormException(
          changed
              ? "no byte order mark, LF or CR in event"
              : "no bytes in payload_digest, since " + "event can be the payload byte for byte",
          0);
    }
    if (changed && !Arrays.equals(event, withoutWhiteSpace(withoutMark(payload)))) {
      throw new FormException("the payload of payload_digest.bytes without white space", 0);
    }
    return payload;
  }

  /** The payload of a line with {@code raw} that is not {@code null}. */
  static byte[] ofRaw(byte[] value) throws FormException {
    Cursor cursor = new Cursor(value, 0, value.length);
    cursor.expect("\"");
    byte[] payload = cursor.base64ToQuote();
    cursor.expectEnd("the end of raw");
    if (standing(payload) == Standing.EVENT) {
      throw new FormException("event, since the payload can stand as that", 0);
    }
    return payload;
  }

  private static Standing standing(byte[] payload) {
    if (!Utf8.isWellFormed(payload)) {
      return Standing.RAW;
    }
    try {
      return standingOfJson(new JsonReader(withoutMark(payload)));
    } catch (FormException e) {
      return Standing.RAW;
    }
  }

  private static Standing standingOfJson(JsonReader json) throws FormException {
    if (json.next() != JsonReader.Token.OBJECT) {
      return Standing.RAW;
    }
    Standing standing = Standing.EVENT;
    for (JsonReader.Token token = json.next(); token != JsonReader.Token.END; token = json.next()) {
      boolean name = token == JsonReader.Token.NAME;
      if ((name || token == JsonReader.Token.STRING) && json.hasHalfPair()) {
        standing = name || standing == Standing.RAW ? Standing.RAW : Standing.EITHER;
      }
    }
    return standing;
  }

  private static boolean startsWithMark(byte[] payload) {
    return Bytes.isAt(payload, 0, payload.length, BYTE_ORDER_MARK);
  }

  private static byte[] withoutMark(byte[] payload) {
    return startsWithMark(payload)
        ? Arrays.copyOfRange(payload, BYTE_ORDER_MARK.length, payload.length)
        : payload;
  }

  /** JSON without white space between or around tokens; what is within strings stays. */
  private static byte[] withoutWhiteSpace(byte[] json) {
    ByteArrayOutputStream compact = new ByteArrayOutputStream(json.length);
    boolean inString = false;
    boolean escaped = false;
    for (byte b : json) {
      if (inString || !JsonReader.isWhiteSpace(b)) {
        compact.write(b);
      }
      inString = (b == '"' && !escaped) != inString;
      escaped = b == '\\' && !escaped;
    }
    return compact.toByteArray();
  }
}
