package io.eventagents.audit.console;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The part of a content that a page shows.
 *
 * @param text the part
 * @param shortened whether there is more
 * @param form what it is: {@code JSON}, {@code text} or {@code bytes}
 */
record Excerpt(String text, boolean shortened, String form) {

  private static final int LONGEST = 16 * 1024;
  private static final int MOST_BYTES = 1024;
  private static final int LONGEST_SENTENCE = 1000;

  /** JSON, indented unless it is long. */
  static Excerpt json(String json) {
    return json.length() > LONGEST
        ? new Excerpt(json.substring(0, LONGEST), true, "JSON")
        : new Excerpt(JsonIndent.of(json), false, "JSON");
  }

  /**
   * The beginning of a text that shares a row with others, such as a reason, with dots if there is
   * more.
   */
  static String sentence(String text) {
    if (text.length() <= LONGEST_SENTENCE) {
      return text;
    }
    int end = LONGEST_SENTENCE;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /** A text in a drawing, of this length at most; dots at the end stand for the rest. */
  static String label(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }

  static Excerpt text(String text) {
    return text.length() > LONGEST
        ? new Excerpt(text.substring(0, LONGEST), true, "text")
        : new Excerpt(text, false, "text");
  }

  /** The bytes as text if they are UTF-8, otherwise in hexadecimal. */
  static Excerpt bytes(byte[] bytes) {
    try {
      return text(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException noText) {
      int shown = Math.min(bytes.length, MOST_BYTES);
      return new Excerpt(hex(bytes, shown), shown < bytes.length, "bytes");
    }
  }

  private static String hex(byte[] bytes, int count) {
    HexFormat format = HexFormat.ofDelimiter(" ");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i += 16) {
      text.append(format.formatHex(bytes, i, Math.min(i + 16, count))).append('\n');
    }
    return text.toString();
  }
}
