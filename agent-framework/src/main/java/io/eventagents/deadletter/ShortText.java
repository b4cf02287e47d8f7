package io.eventagents.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * Shortens the texts of lists: anybody can write a dead letter, with any key and any reason. A
 * single dead letter is shown in full.
 */
final class ShortText {

  /** Agents write no longer ones. */
  static final int LONGEST_REASON = 2_003;

  private ShortText() {}

  static String reason(String text) {
    return begin(text, LONGEST_REASON);
  }

  static @Nullable String of(@Nullable String text) {
    return text == null ? null : begin(text, ReplayRequest.LONGEST_TEXT);
  }

  private static String begin(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
  }
}
