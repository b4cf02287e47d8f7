package io.eventagents.audit.secondverifier;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the parts of a line from left to right, in the only form that each may have (section "A
 * line").
 */
final class Cursor {

  private final byte[] bytes;
  private final int end;
  private int at;

  Cursor(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  int at() {
    return at;
  }

  int peek() {
    return at < end ? bytes[at] & 0xff : -1;
  }

  boolean startsWith(String ascii) {
    return Bytes.isAt(bytes, at, end, Hashes.ascii(ascii));
  }

  boolean take(String ascii) {
    boolean there = startsWith(ascii);
    at += there ? ascii.length() : 0;
    return there;
  }

  void expect(String ascii) throws FormException {
    if (!take(ascii)) {
      throw new FormException(ascii, at);
    }
  }

  void expectEnd(String what) throws FormException {
    if (at != end) {
      throw new FormException(what, at);
    }
  }

  void skipSpaces() {
    while (peek() == ' ') {
      at++;
    }
  }

  /** So many characters, whatever they are. */
  String characters(int count, String what) throws FormException {
    if (end - at < count) {
      throw new FormException(what, at);
    }
    at += count;
    return new String(bytes, at - count, count, StandardCharsets.ISO_8859_1);
  }

  String hex(int digits) throws FormException {
    int from = at;
    String text = characters(digits, digits + " hexadecimal digits");
    if (!text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
      throw new FormException(digits + " lower-case hexadecimal digits", from);
    }
    return text;
  }

  /** A decimal integer from 0 on without leading zeros. */
  long number(long most) throws FormException {
    int from = at;
    long number = 0;
    while (peek() >= '0' && peek() <= '9') {
      int digit = bytes[at++] - '0';
      if (number > (most - digit) / 10) {
        throw new FormException("a number of at most " + most, from);
      }
      number = number * 10 + digit;
    }
    if (at == from || (bytes[from] == '0' && at > from + 1)) {
      throw new FormException("a decimal integer without leading zeros", from);
    }
    return number;
  }

  /** Base64 and the quotation mark behind it. */
  byte[] base64ToQuote() throws FormException {
    int from = at;
    while (peek() != '"' && peek() != -1) {
      at++;
    }
    byte[] text = Arrays.copyOfRange(bytes, from, at);
    expect("\"");
    return Base64Text.decode(text)
        .orElseThrow(() -> new FormException("Base64 in its one form", from));
  }

  /** A string that is written in the one way that lines know; its text. */
  String string() throws FormException {
    int from = at;
    expect("\"");
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    while (peek() != '"') {
      text.write(character());
    }
    at++;
    return Utf8.decode(text.toByteArray())
        .orElseThrow(() -> new FormException("well-formed UTF-8", from));
  }

  private int character() throws FormException {
    int b = next();
    if (b < 0x20) {
      throw new FormException("an escape instead of a control character", at - 1);
    }
    return b == '\\' ? escaped() : b;
  }

  private int escaped() throws FormException {
    int from = at - 1;
    return switch (next()) {
      case '"' -> '"';
      case '\\' -> '\\';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> control(from);
      default -> throw new FormException("one of the escapes \\\" \\\\ \\n \\r \\t \\u00", from);
    };
  }

  private int control(int from) throws FormException {
    int code = Integer.parseInt(hex(4), 16);
    if (code >= 0x20 || code == '\n' || code == '\r' || code == '\t') {
      throw new FormException("\\u for control characters other than LF, CR and TAB only", from);
    }
    return code;
  }

  private int next() throws FormException {
    if (at >= end) {
      throw new FormException("the end of a string", at);
    }
    return bytes[at++] & 0xff;
  }
}
