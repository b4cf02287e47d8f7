package io.eventagents.audit.log;

/**
 * Goes along a line whose parts have one form only, and tells what was expected where another
 * stands. One object goes along line after line. Not thread-safe.
 */
final class LineCursor {

  private static final int LONGEST_NUMBER = 19;

  byte[] line = {};
  int at;

  /** Whether the character stands there. */
  boolean has(char character) {
    return at < line.length && line[at] == character;
  }

  /** Goes behind the text if it stands there. */
  boolean take(byte[] text) {
    if (!ByteText.isAt(line, at, line.length, text)) {
      return false;
    }
    at += text.length;
    return true;
  }

  void skip(byte[] text, String expected) throws MalformedLine {
    if (!take(text)) {
      throw misfit(at, expected);
    }
  }

  void skip(char character, String expected) throws MalformedLine {
    if (!has(character)) {
      throw misfit(at, expected);
    }
    at++;
  }

  /** A number without a sign. */
  long number(String what) throws MalformedLine {
    int start = at;
    long number = 0;
    while (at < line.length && line[at] >= '0' && line[at] <= '9' && at - start < LONGEST_NUMBER) {
      number = number * 10 + (line[at++] - '0');
    }
    if (at == start || number < 0 || (line[start] == '0' && at > start + 1)) {
      throw misfit(start, what);
    }
    return number;
  }

  /** Goes to the end of a string without escapes, and tells where it begins. */
  int string(String what) throws MalformedLine {
    int start = at;
    at = ByteText.first(line, start, line.length, (byte) '"');
    if (at < 0) {
      throw misfit(start, what);
    }
    return start;
  }

  /** Goes behind so many hexadecimal digits, and tells where they begin. */
  int hex(int count, String expected) throws MalformedLine {
    int start = at;
    if (line.length - start < count || !ByteText.isHex(line, start, count)) {
      throw misfit(start, expected);
    }
    at += count;
    return start;
  }

  MalformedLine misfit(int place, String expected) {
    return new MalformedLine(place, expected, ByteText.excerpt(line, place));
  }
}
