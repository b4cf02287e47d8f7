package io.eventagents.notification.directory;

/**
 * Leaves an address out of what a provider said about it. Providers repeat the number that a text
 * was for, and mail servers the mailbox, with or without its domain.
 */
final class AddressMask {

  static final String MASK = "[address]";

  /** A shorter name of a mailbox would mask parts of every sentence. */
  private static final int SHORTEST_NAME = 3;

  private AddressMask() {}

  /** The text with {@link #MASK} wherever it names the address, in upper or lower case. */
  static String in(String text, String address) {
    String masked = masked(text, address, false);
    int at = address.lastIndexOf('@');
    if (at >= SHORTEST_NAME) {
      return masked(masked, address.substring(0, at), true);
    }
    return address.startsWith("+") ? masked(masked, address.substring(1), false) : masked;
  }

  private static String masked(String text, String secret, boolean word) {
    if (secret.isEmpty()) {
      return text;
    }
    StringBuilder masked = new StringBuilder();
    int next = 0;
    while (next < text.length()) {
      int end = next + secret.length();
      if (text.regionMatches(true, next, secret, 0, secret.length())
          && !(word && (isInWord(text, next - 1) || isInWord(text, end)))) {
        masked.append(MASK);
        next = end;
      } else {
        masked.append(text.charAt(next));
        next++;
      }
    }
    return masked.toString();
  }

  private static boolean isInWord(String text, int position) {
    return position >= 0
        && position < text.length()
        && Character.isLetterOrDigit(text.charAt(position));
  }
}
