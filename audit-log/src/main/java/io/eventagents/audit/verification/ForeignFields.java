package io.eventagents.audit.verification;

import io.eventagents.audit.log.ByteText;
import io.eventagents.audit.log.Utf8;
import java.util.Arrays;
import java.util.Base64;

/**
 * The last two keys of a head, {@code key} and {@code headers}, which hold what strangers sent.
 * They have one form only, like the rest of a line. Not thread-safe.
 */
final class ForeignFields {

  private static final byte[] KEY = ByteText.ascii(",\"key\":");
  private static final byte[] HEADERS = ByteText.ascii(",\"headers\":[");
  private static final byte[] NULL = ByteText.ascii("null");
  private static final byte[] BASE64 = ByteText.ascii("{\"base64\":\"");
  private static final byte[] BASE64_END = ByteText.ascii("\"}");
  private static final byte[] CONTROL = ByteText.ascii("\\u00");
  private static final int CONTROL_LENGTH = "\\u0000".length();

  private final Utf8 utf8 = new Utf8();
  private byte[] line = new byte[0];
  private int at;

  /** Where they end that start there. */
  int end(byte[] text, int from) throws MisfitLine {
    line = text;
    at = from;
    skip(KEY, "the key key");
    value();
    skip(HEADERS, "the key headers");
    if (has(']')) {
      return at + 1;
    }
    header();
    while (has(',')) {
      at++;
      header();
    }
    skip(']', "the end of the headers");
    return at;
  }

  /** Where the string ends that starts there. */
  int stringEnd(byte[] text, int from) throws MisfitLine {
    line = text;
    at = from;
    string();
    return at;
  }

  private void header() throws MisfitLine {
    skip('[', "a header");
    string();
    skip(',', "a value of the header");
    value();
    skip(']', "the end of the header");
  }

  /** What came as bytes. */
  private void value() throws MisfitLine {
    if (ByteText.isAt(line, at, line.length, NULL)) {
      at += NULL.length;
    } else if (ByteText.isAt(line, at, line.length, BASE64)) {
      noText();
    } else {
      string();
    }
  }

  private void noText() throws MisfitLine {
    at += BASE64.length;
    int end = ByteText.first(line, at, line.length, (byte) '"');
    byte[] encoded = Arrays.copyOfRange(line, at, end < 0 ? at : end);
    try {
      byte[] decoded = Base64.getDecoder().decode(encoded);
      if (!Arrays.equals(Base64.getEncoder().encode(decoded), encoded) || utf8.isValid(decoded)) {
        throw misfit("Base64 of bytes that are no text");
      }
    } catch (IllegalArgumentException e) {
      throw misfit("Base64 of bytes that are no text");
    }
    at = end;
    skip(BASE64_END, "the end of the Base64");
  }

  private void string() throws MisfitLine {
    skip('"', "a string");
    while (!has('"')) {
      if (at >= line.length || (line[at] >= 0 && line[at] < ' ')) {
        throw misfit("the rest of a string");
      }
      at += line[at] == '\\' ? escape() : 1;
    }
    at++;
  }

  /** How long it is. */
  private int escape() throws MisfitLine {
    int escaped = at + 1 < line.length ? line[at + 1] : 0;
    if (escaped == '"' || escaped == '\\' || escaped == 'n' || escaped == 'r' || escaped == 't') {
      return 2;
    }
    if (!ByteText.isAt(line, at, line.length - 2, CONTROL)
        || !isOtherControl(at + CONTROL.length)) {
      throw misfit("an escape as the log has them: a character that is one there has one form");
    }
    return CONTROL_LENGTH;
  }

  private boolean isOtherControl(int digits) {
    byte last = line[digits + 1];
    boolean isShort =
        line[digits] == '0' && (last == '9' || last == 'a' || last == 'd'); // TAB, LF, CR
    return (line[digits] == '0' || line[digits] == '1')
        && ByteText.isHex(line, digits + 1, 1)
        && !isShort;
  }

  private boolean has(char character) {
    return at < line.length && line[at] == character;
  }

  private void skip(char character, String expected) throws MisfitLine {
    if (!has(character)) {
      throw misfit(expected);
    }
    at++;
  }

  private void skip(byte[] text, String expected) throws MisfitLine {
    if (!ByteText.isAt(line, at, line.length, text)) {
      throw misfit(expected);
    }
    at += text.length;
  }

  private MisfitLine misfit(String expected) {
    return new MisfitLine(at, expected, ByteText.excerpt(line, at));
  }
}
