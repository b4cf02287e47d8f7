package io.eventagents.audit.index;

/**
 * The words of a text: what stands between spaces, without the punctuation around it. Ids and
 * addresses stay whole.
 */
final class Words {

  private final String text;
  private final int end;
  private int from;
  private int to;
  private int at;

  /**
   * @param end where to stop in the text
   */
  Words(String text, int end) {
    this.text = text;
    this.end = end;
  }

  /** Goes to the next word; false if there is none. */
  boolean next() {
    while (at < end) {
      while (at < end && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      from = at;
      while (at < end && !Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      to = at;
      while (from < to && isPunctuation(text.charAt(from))) {
        from++;
      }
      while (from < to && isPunctuation(text.charAt(to - 1))) {
        to--;
      }
      if (from < to) {
        return true;
      }
    }
    return false;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  private static boolean isPunctuation(char c) {
    return !Character.isLetterOrDigit(c) && !Character.isSurrogate(c);
  }
}
