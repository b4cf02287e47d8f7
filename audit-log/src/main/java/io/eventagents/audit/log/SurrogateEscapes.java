package io.eventagents.audit.log;

/**
 * Finds halves of surrogate pairs that strings have as escapes. They are JSON, but no text: readers
 * of lines refuse them, {@code jq} 1.6 among them, or put another character in their place.
 */
final class SurrogateEscapes {

  /** Of an escape by four digits. */
  private static final int LENGTH = 6;

  private SurrogateEscapes() {}

  /**
   * Whether a name or a value has one that stands alone.
   *
   * @param json valid JSON
   * @param from a place that no backslash is before
   */
  static boolean haveHalf(byte[] json, int from) {
    int at = AsciiScan.first('\\', json, from);
    while (at < json.length) {
      if (isLow(json, at)) {
        return true;
      } else if (!isHigh(json, at)) {
        // Never on the next backslash alone: it may be what is escaped.
        at += 2;
      } else if (isLow(json, at + LENGTH)) {
        at += 2 * LENGTH;
      } else {
        return true;
      }
      at = AsciiScan.first('\\', json, at);
    }
    return false;
  }

  private static boolean isHigh(byte[] json, int at) {
    return isSurrogate(json, at) && third(json, at) >= '8' && third(json, at) <= 'b';
  }

  private static boolean isLow(byte[] json, int at) {
    return isSurrogate(json, at) && third(json, at) >= 'c' && third(json, at) <= 'f';
  }

  /** Or a character from U+D000 to U+D7FF, which the next digit tells. */
  private static boolean isSurrogate(byte[] json, int at) {
    return at + LENGTH <= json.length
        && json[at] == '\\'
        && json[at + 1] == 'u'
        && (json[at + 2] | 0x20) == 'd';
  }

  /** The digit behind the first, a letter in lower case. */
  private static int third(byte[] json, int at) {
    return json[at + 3] | 0x20;
  }
}
