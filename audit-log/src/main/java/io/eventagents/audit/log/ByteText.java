package io.eventagents.audit.log;

import java.nio.charset.StandardCharsets;

/** ASCII and hexadecimal text as bytes, and where it stands in a line. */
public final class ByteText {

  private static final byte[] HEX = ascii("0123456789abcdef");

  private ByteText() {}

  /** The bytes of text in ASCII. */
  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether the text stands there, before the end. */
  public static boolean isAt(byte[] bytes, int at, int end, byte[] text) {
    if (at < 0 || end - at < text.length) {
      return false;
    }
    for (int i = 0; i < text.length; i++) {
      if (bytes[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  /** Where the text stands last between these; -1 if it does not. */
  public static int last(byte[] bytes, int from, int end, byte[] text) {
    for (int i = end - text.length; i >= from; i--) {
      if (bytes[i] == text[0] && isAt(bytes, i, end, text)) {
        return i;
      }
    }
    return -1;
  }

  /** Where the text stands first between these; -1 if it does not. */
  public static int first(byte[] bytes, int from, int end, byte[] text) {
    for (int i = from; i <= end - text.length; i++) {
      if (bytes[i] == text[0] && isAt(bytes, i, end, text)) {
        return i;
      }
    }
    return -1;
  }

  /** Where the byte stands first between these; -1 if it does not. */
  public static int first(byte[] bytes, int from, int end, byte value) {
    for (int i = from; i < end; i++) {
      if (bytes[i] == value) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Whether there is a NUL. It never stands in a line: it is a page that a power cut kept from the
   * disk while it let a later page of the same batch through.
   */
  public static boolean hasHole(byte[] line) {
    return first(line, 0, line.length, (byte) 0) >= 0;
  }

  /** Whether there are so many lower-case hexadecimal digits. */
  public static boolean isHex(byte[] bytes, int from, int count) {
    for (int i = from; i < from + count; i++) {
      byte b = bytes[i];
      if ((b < '0' || b > '9') && (b < 'a' || b > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** Writes lower-case hexadecimal digits of so many bytes. */
  static void hex(byte[] source, int from, int count, byte[] into, int at) {
    int to = at;
    for (int i = from; i < from + count; i++) {
      into[to++] = HEX[(source[i] >> 4) & 15];
      into[to++] = HEX[source[i] & 15];
    }
  }

  /** What stands between these. */
  public static String text(byte[] bytes, int from, int end) {
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }

  /** What stands there, not too much of it. */
  public static String excerpt(byte[] bytes, int from) {
    int end = Math.min(bytes.length, from + 60);
    return from >= bytes.length
        ? "the end of the line"
        : "'" + text(bytes, from, end) + (end < bytes.length ? "...'" : "'");
  }
}
