package io.eventagents.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * As much of a text as a list of letters has. Anybody can write a letter, with any key and any
 * reason; one letter alone is shown with all that it has.
 */
final class ShortText {

  /** What agents write is not longer. */
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
