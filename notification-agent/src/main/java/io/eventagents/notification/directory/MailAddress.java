package io.eventagents.notification.directory;

import java.util.regex.Pattern;

/** A mail address as servers accept it. */
public final class MailAddress {

  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";

  /** An addr-spec without quoting and comments (RFC 5322, section 3.4.1). */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?=.{3,254}$)(?=.{1,64}@)%s(?:\\.%s)*@%s(?:\\.%s)*".formatted(ATOM, ATOM, LABEL, LABEL));

  private MailAddress() {}

  /**
   * Whether the text is one. It must have no line break, no second address, no display name, and
   * nothing that a mail program would decode as an encoded-word (RFC 2047) and show as another
   * address.
   */
  public static boolean isValid(String text) {
    return ADDRESS.matcher(text).matches() && !text.contains("=?");
  }
}
