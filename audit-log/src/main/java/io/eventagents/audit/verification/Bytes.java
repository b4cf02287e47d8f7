package io.eventagents.audit.verification;

import java.nio.charset.StandardCharsets;

/** Looks for text in bytes. */
final class Bytes {

  private Bytes() {}

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static boolean isAt(byte[] bytes, int at, int end, byte[] text) {
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

  static int last(byte[] bytes, int from, int end, byte[] text) {
    for (int i = end - text.length; i >= from; i--) {
      if (bytes[i] == text[0] && isAt(bytes, i, end, text)) {
        return i;
      }
    }
    return -1;
  }

  static int first(byte[] bytes, int from, int end, byte value) {
    for (int i = from; i < end; i++) {
      if (bytes[i] == value) {
        return i;
      }
    }
    return -1;
  }

  static boolean isHex(byte[] bytes, int from, int count) {
    for (int i = from; i < from + count; i++) {
      byte b = bytes[i];
      if ((b < '0' || b > '9') && (b < 'a' || b > 'f')) {
        return false;
      }
    }
    return true;
  }

  static String text(byte[] bytes, int from, int end) {
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }

  /** What stands there, not too much of it. */
  static String excerpt(byte[] bytes, int from) {
    int end = Math.min(bytes.length, from + 60);
    return from >= bytes.length
        ? "the end of the line"
        : "'" + text(bytes, from, end) + (end < bytes.length ? "...'" : "'");
  }
}
