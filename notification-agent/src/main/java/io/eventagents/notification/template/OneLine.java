package io.eventagents.notification.template;

/** Makes foreign text fit for a header, a subject or one line of a message. */
public final class OneLine {

  private OneLine() {}

  /**
   * Returns the text with every run of white space, line breaks and control characters replaced by
   * one space, and cut with an ellipsis if it is too long. A line break in a title would start
   * another header of a mail, or forge a line of its text.
   *
   * @param limit in code points
   */
  public static String of(String text, int limit) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), limit));
    boolean gap = false;
    int length = 0;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (breaks(character)) {
        gap = !line.isEmpty();
        continue;
      }
      if (length + (gap ? 2 : 1) > limit) {
        return line.append('…').toString();
      }
      if (gap) {
        line.append(' ');
        length++;
        gap = false;
      }
      line.appendCodePoint(character);
      length++;
    }
    return line.toString();
  }

  private static boolean breaks(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
