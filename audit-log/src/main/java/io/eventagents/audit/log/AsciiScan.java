package io.eventagents.audit.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How far bytes are plain, eight at a time: nearly all that is logged is ASCII that needs no care,
 * and this tells so at a fraction of the time that a look at each byte takes.
 *
 * <p>Of the eight bytes of a word, the ones that are zero or below a bound are found as in Warren,
 * Hacker's Delight, section 6-1.
 */
final class AsciiScan {

  /** There are bytes that are no ASCII or end a line. */
  static final int NOT_ONE_LINE = -1;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;

  private AsciiScan() {}

  /** How many of the first bytes are printable ASCII that a JSON string has as it is. */
  static int unescaped(byte[] bytes) {
    int at = 0;
    for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
      long word = (long) WORDS.get(bytes, at);
      if (((word & HIGH) | below(' ', word) | has('"', word) | has('\\', word)) != 0) {
        break;
      }
    }
    while (at < bytes.length && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    return at;
  }

  /**
   * Whether all bytes are ASCII, and none of them ends a line, and where to look for escapes then.
   *
   * @return {@link #NOT_ONE_LINE}, or a place that no backslash is before; the length if there is
   *     none
   */
  static int oneLine(byte[] bytes) {
    int escapes = -1;
    int at = 0;
    for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
      long word = (long) WORDS.get(bytes, at);
      if (((word & HIGH) | has('\n', word) | has('\r', word)) != 0) {
        return NOT_ONE_LINE;
      }
      if (escapes < 0 && has('\\', word) != 0) {
        escapes = at;
      }
    }
    int rest = at;
    for (; at < bytes.length; at++) {
      if (bytes[at] < 0 || bytes[at] == '\n' || bytes[at] == '\r') {
        return NOT_ONE_LINE;
      }
    }
    return escapes < 0 ? first('\\', bytes, rest) : escapes;
  }

  /** Where an ASCII character comes first from there on; the length if it does not. */
  static int first(char character, byte[] bytes, int from) {
    int at = from;
    for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
      if (has(character, (long) WORDS.get(bytes, at)) != 0) {
        break;
      }
    }
    while (at < bytes.length && bytes[at] != character) {
      at++;
    }
    return at;
  }

  /** Where the bytes cease to be ASCII that start there and end there. */
  static int ascii(byte[] bytes, int from, int end) {
    int at = from;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      if (((long) WORDS.get(bytes, at) & HIGH) != 0) {
        break;
      }
    }
    while (at < end && bytes[at] >= 0) {
      at++;
    }
    return at;
  }

  /** Not zero where a byte of the word is below the bound, which is at most 128. */
  private static long below(int bound, long word) {
    return (word - bound * ONES) & ~word & HIGH;
  }

  private static long has(int character, long word) {
    return below(1, word ^ character * ONES);
  }
}
