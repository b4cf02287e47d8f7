package io.eventagents.scheduling.calendar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Folds lines that have more than 75 octets (RFC 5545, section 3.1), between two characters. The
 * library folds those of more than 75 characters.
 */
final class FoldedLines {

  private static final int LONGEST = 75;
  private static final byte[] FOLD = {'\r', '\n', ' '};

  private FoldedLines() {}

  /**
   * @param text unfolded lines, each with its end
   * @return in UTF-8
   */
  static byte[] of(String text) {
    ByteArrayOutputStream folded = new ByteArrayOutputStream(text.length() + text.length() / 8);
    int length = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int character = text.codePointAt(i);
      byte[] octets = Character.toString(character).getBytes(StandardCharsets.UTF_8);
      if (character == '\r' || character == '\n') {
        length = 0;
      } else if (length + octets.length > LONGEST) {
        folded.writeBytes(FOLD);
        length = 1 + octets.length;
      } else {
        length += octets.length;
      }
      folded.writeBytes(octets);
    }
    return folded.toByteArray();
  }
}
