package io.eventagents.audit.log;

import java.util.Arrays;
import java.util.Base64;

/**
 * The last two keys of a head, {@code key} and {@code headers}, which hold what strangers sent.
 * They have one form only, like the rest of a line. Not thread-safe.
 */
final class ForeignFields {

  private static final byte[] CONTROL = ByteText.ascii("\\u00");
  private static final int CONTROL_LENGTH = "\\u0000".length();

  private final Utf8 utf8 = new Utf8();
  private final LineCursor cursor;

  ForeignFields(LineCursor cursor) {
    this.cursor = cursor;
  }

  /** Goes behind them. */
  void skip() throws MalformedLine {
    cursor.skip(LineKeys.KEY, "the key key");
    value();
    cursor.skip(LineKeys.HEADERS, "the key headers");
    if (!cursor.has(']')) {
      header();
      while (cursor.has(',')) {
        cursor.at++;
        header();
      }
    }
    cursor.skip(']', "the end of the headers");
  }

  /** Goes behind a string. */
  void string() throws MalformedLine {
    cursor.skip('"', "a string");
    byte[] line = cursor.line;
    int at = cursor.at;
    while (at < line.length && line[at] != '"') {
      if (line[at] >= 0 && line[at] < ' ') {
        throw cursor.misfit(at, "the rest of a string");
      }
      at += line[at] == '\\' ? escape(line, at) : 1;
    }
    cursor.at = at;
    cursor.skip('"', "the rest of a string");
  }

  private void header() throws MalformedLine {
    cursor.skip('[', "a header");
    string();
    cursor.skip(',', "a value of the header");
    value();
    cursor.skip(']', "the end of the header");
  }

  /** What came as bytes. */
  private void value() throws MalformedLine {
    if (cursor.take(LineKeys.BASE64)) {
      noText();
    } else if (!cursor.take(LineKeys.NULL)) {
      string();
    }
  }

  private void noText() throws MalformedLine {
    int at = cursor.at;
    int end = ByteText.first(cursor.line, at, cursor.line.length, (byte) '"');
    byte[] encoded = Arrays.copyOfRange(cursor.line, at, end < 0 ? at : end);
    try {
      byte[] decoded = Base64.getDecoder().decode(encoded);
      if (!Arrays.equals(Base64.getEncoder().encode(decoded), encoded) || utf8.isValid(decoded)) {
        throw cursor.misfit(at, "Base64 of bytes that are no text");
      }
    } catch (IllegalArgumentException e) {
      throw cursor.misfit(at, "Base64 of bytes that are no text");
    }
    cursor.at = end;
    cursor.skip(LineKeys.END, "the end of the Base64");
  }

  /** How long it is. */
  private int escape(byte[] line, int at) throws MalformedLine {
    int escaped = at + 1 < line.length ? line[at + 1] : 0;
    if (escaped == '"' || escaped == '\\' || escaped == 'n' || escaped == 'r' || escaped == 't') {
      return 2;
    }
    if (!ByteText.isAt(line, at, line.length - 2, CONTROL)
        || !isOtherControl(line, at + CONTROL.length)) {
      throw cursor.misfit(
          at, "an escape as the log has them: a character that is one there has one form");
    }
    return CONTROL_LENGTH;
  }

  private static boolean isOtherControl(byte[] line, int digits) {
    byte last = line[digits + 1];
    boolean isShort =
        line[digits] == '0' && (last == '9' || last == 'a' || last == 'd'); // TAB, LF, CR
    return (line[digits] == '0' || line[digits] == '1')
        && ByteText.isHex(line, digits + 1, 1)
        && !isShort;
  }
}
