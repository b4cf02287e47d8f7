package io.eventagents.web;

import java.util.Locale;

/**
 * Tells the names of this machine, as a {@code Host} header has them, from all others: {@code
 * localhost} and what is below it, 127.0.0.0/8 and ::1, with or without a port.
 */
final class LoopbackName {

  private static final String NAME = "localhost";
  private static final int PARTS = 4;
  private static final int DIGITS = 3;

  private LoopbackName() {}

  static boolean is(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.startsWith("[")) {
      int end = name.indexOf(']');
      return end > 0
          && (name.startsWith("[::1]") || name.startsWith("[0:0:0:0:0:0:0:1]"))
          && isPort(name, end + 1);
    }
    int colon = name.indexOf(':');
    int end = colon < 0 ? name.length() : colon;
    return isPort(name, end) && (isLocalhost(name, end) || isAddress(name, end));
  }

  /** Nothing, or a colon and digits. */
  private static boolean isPort(String name, int from) {
    return from == name.length()
        || (name.charAt(from) == ':' && name.chars().skip(from + 1L).allMatch(LoopbackName::digit));
  }

  private static boolean isLocalhost(String name, int end) {
    int begin = end - NAME.length();
    if (begin < 0 || !name.startsWith(NAME, begin)) {
      return false;
    }
    boolean label = false; // whether the one that ends here has a character
    for (int i = 0; i < begin; i++) {
      char c = name.charAt(i);
      if (c == '.' ? !label : !(digit(c) || (c >= 'a' && c <= 'z') || c == '-')) {
        return false;
      }
      label = c != '.';
    }
    return !label;
  }

  private static boolean isAddress(String name, int end) {
    if (!name.startsWith("127.")) {
      return false;
    }
    int parts = 0;
    int digits = 0;
    for (int i = 0; i < end; i++) {
      char c = name.charAt(i);
      digits = digit(c) ? digits + 1 : 0;
      parts += digits == 1 ? 1 : 0;
      boolean dot = c == '.' && i > 0 && digit(name.charAt(i - 1));
      if (digits > DIGITS || (digits == 0 && !dot)) {
        return false;
      }
    }
    return parts == PARTS && digits > 0;
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }
}
