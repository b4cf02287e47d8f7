package io.eventagents.audit.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Bytes of lines under construction. It writes JSON text straight from the bytes that came, so that
 * a record is copied once and never decoded.
 */
final class LineBuffer {

  private byte[] bytes;
  private int length;

  LineBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  /** What was written so far, valid until the next write. */
  ByteBuffer content() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  /** A copy of what was written so far. */
  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  LineBuffer ascii(String text) {
    int count = text.length();
    reserve(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
    return this;
  }

  LineBuffer ascii(char character) {
    reserve(1);
    bytes[length++] = (byte) character;
    return this;
  }

  LineBuffer number(long number) {
    if (number < 0) {
      return ascii(Long.toString(number));
    }
    int digits = digits(number);
    reserve(digits);
    length += digits;
    long rest = number;
    for (int at = length - 1; at >= length - digits; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return this;
  }

  private static int digits(long number) {
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }

  LineBuffer verbatim(byte[] source) {
    reserve(source.length);
    System.arraycopy(source, 0, bytes, length, source.length);
    length += source.length;
    return this;
  }

  /** A JSON object, without the white space between its tokens. */
  LineBuffer compact(byte[] json, int from) {
    reserve(json.length - from);
    boolean inString = false;
    for (int i = from; i < json.length; i++) {
      byte b = json[i];
      if (inString) {
        bytes[length++] = b;
        if (b == '\\') {
          bytes[length++] = json[++i];
        } else if (b == '"') {
          inString = false;
        }
      } else if (b > ' ' || b < 0) {
        bytes[length++] = b;
        inString = b == '"';
      }
    }
    return this;
  }

  /** A JSON string of text. */
  LineBuffer string(String text) {
    return string(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A JSON string of valid UTF-8. */
  LineBuffer string(byte[] utf8) {
    return ascii('"').escaped(utf8).ascii('"');
  }

  /** What a JSON string of valid UTF-8 has between its quotation marks. */
  LineBuffer escaped(byte[] utf8) {
    reserve(utf8.length);
    int unescaped = AsciiScan.unescaped(utf8);
    System.arraycopy(utf8, 0, bytes, length, unescaped);
    length += unescaped;
    for (int i = unescaped; i < utf8.length; i++) {
      byte b = utf8[i];
      if (b >= 0 && (b < ' ' || b == '"' || b == '\\')) {
        reserve(utf8.length - i + 7);
        escape(b);
      } else {
        bytes[length++] = b;
      }
    }
    return this;
  }

  /** Base64 (RFC 4648, section 4, padded). */
  LineBuffer base64(byte[] source) {
    return verbatim(Base64.getEncoder().encode(source));
  }

  /** Lower-case hexadecimal digits. */
  LineBuffer hex(byte[] source, int from, int count) {
    reserve(2 * count);
    ByteText.hex(source, from, count, bytes, length);
    length += 2 * count;
    return this;
  }

  /** Room for so many bytes that are written later. */
  LineBuffer room(int count) {
    reserve(count);
    length += count;
    return this;
  }

  /** Takes what was written since into a hash. */
  void hash(int from, LineHash hash) {
    hash.update(bytes, from, length - from);
  }

  /** The digits of a hash. */
  LineBuffer hash(LineHash hash) {
    reserve(LineChain.LENGTH);
    hash.write(bytes, length);
    length += LineChain.LENGTH;
    return this;
  }

  /** Takes a line into the chain, and writes its hash to the room that was left for it. */
  void chain(LineChain chain, int from, int headEnd, int digest, int gap, int gapEnd, int room) {
    chain.take(bytes, from, headEnd, digest, gap, gapEnd);
    chain.write(bytes, room);
  }

  private void escape(byte b) {
    bytes[length++] = '\\';
    switch (b) {
      case '"', '\\' -> bytes[length++] = b;
      case '\n' -> bytes[length++] = 'n';
      case '\r' -> bytes[length++] = 'r';
      case '\t' -> bytes[length++] = 't';
      default -> {
        bytes[length++] = 'u';
        bytes[length++] = '0';
        bytes[length++] = '0';
        hex(new byte[] {b}, 0, 1);
      }
    }
  }

  private void reserve(int count) {
    int needed = Math.addExact(length, count);
    if (needed > bytes.length) {
      int doubled = bytes.length > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE - 8 : bytes.length * 2;
      bytes = Arrays.copyOf(bytes, Math.max(needed, doubled));
    }
  }
}
