package io.eventagents.audit.console;

/**
 * Masks what looks like a mail address or a phone number. It looks at each character a few times,
 * however long the text is. A regular expression for the same would look from every character to
 * the end of a text without blanks.
 */
final class ContactMask {

  private static final int FEWEST_BETWEEN = 5;

  private final String text;
  private final StringBuilder masked;

  /** The end of the current word, and the last {@code @} within it. */
  private int wordEnd;

  private int at;

  private ContactMask(String text) {
    this.text = text;
    masked = new StringBuilder(text.length());
  }

  /** The text with a mask in place of each. */
  static String in(String text) {
    return text.indexOf('@') < 0 && text.indexOf('+') < 0 ? text : new ContactMask(text).masked();
  }

  private String masked() {
    int i = 0;
    while (i < text.length()) {
      int end = end(i);
      if (end > i) {
        masked.append(PersonalView.MASK);
        i = end;
      } else {
        masked.append(text.charAt(i++));
      }
    }
    return masked.toString();
  }

  /** The end of the address or number that begins there; the same place if none does. */
  private int end(int from) {
    if (from >= wordEnd) {
      word(from);
    }
    return at > from ? wordEnd : phone(from);
  }

  private void word(int from) {
    wordEnd = from;
    at = -1;
    while (wordEnd < text.length() && isOfWord(text.charAt(wordEnd))) {
      if (text.charAt(wordEnd) == '@' && wordEnd + 1 < text.length()) {
        at = isOfWord(text.charAt(wordEnd + 1)) ? wordEnd : at;
      }
      wordEnd++;
    }
  }

  /** A plus, a digit, at least five digits or separators, a digit. */
  private int phone(int from) {
    if (text.charAt(from) != '+' || from + 1 >= text.length() || !isDigit(text.charAt(from + 1))) {
      return from;
    }
    int last = 0;
    for (int i = from + 2; i < text.length() && isOfNumber(text.charAt(i)); i++) {
      last = isDigit(text.charAt(i)) ? i : last;
    }
    return last - (from + 2) >= FEWEST_BETWEEN ? last + 1 : from;
  }

  private static boolean isOfWord(char c) {
    return " \t\n\u000b\f\r<>\"',;:".indexOf(c) < 0;
  }

  private static boolean isOfNumber(char c) {
    return isDigit(c) || " ()/-".indexOf(c) >= 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
