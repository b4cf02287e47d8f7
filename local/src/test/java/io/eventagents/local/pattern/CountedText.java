package io.eventagents.local.pattern;

/**
 * A text that counts how often its characters are read, and throws an exception after too many
 * reads.
 */
final class CountedText implements CharSequence {

  private final CharSequence text;
  private final long most;
  private long looked;

  CountedText(CharSequence text, long most) {
    this.text = text;
    this.most = most;
  }

  @Override
  public char charAt(int index) {
    if (++looked > most) {
      throw new TooManyLooks(text.length(), most);
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /** The work grows faster than the text. */
  static final class TooManyLooks extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyLooks(int length, long most) {
      super("reads a text of " + length + " characters more than " + most + " times");
    }
  }
}
