package io.eventagents.audit.secondverifier;

/** Finds text in bytes. */
final class Bytes {

  private Bytes() {}

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

  /** The first place of a text, -1 if there is none. */
  static int first(byte[] bytes, int from, int end, byte[] text) {
    for (int at = from; at <= end - text.length; at++) {
      if (isAt(bytes, at, end, text)) {
        return at;
      }
    }
    return -1;
  }

  /** The last place of a text, -1 if there is none. */
  static int last(byte[] bytes, int from, int end, byte[] text) {
    for (int at = end - text.length; at >= from; at--) {
      if (isAt(bytes, at, end, text)) {
        return at;
      }
    }
    return -1;
  }

  static boolean has(byte[] bytes, int wanted) {
    for (byte b : bytes) {
      if (b == wanted) {
        return true;
      }
    }
    return false;
  }
}
