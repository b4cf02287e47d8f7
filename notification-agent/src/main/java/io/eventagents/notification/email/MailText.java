package io.eventagents.notification.email;

import io.eventagents.notification.template.OneLine;
import jakarta.mail.internet.MimeUtility;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Foreign text in the header of a mail. The reader of the mail sees exactly this text.
 *
 * <p>Plain ASCII is left as it is, unless it contains something that a mail program would decode as
 * an encoded-word (RFC 2047), or a word that does not fit on a line. Any other text becomes
 * encoded-words, each of whole characters, at most 75 characters long and on a line of its own.
 */
final class MailText {

  /** The most that a header contains, in code points. */
  private static final int LONGEST = 1_000;

  private static final String START = "=?UTF-8?B?";
  private static final String END = "?=";
  private static final String FOLD = "\r\n ";

  /** The length of a line with encoded-words (RFC 2047, section 2). */
  private static final int LINE = 76;

  /** The length of a word on a line that is folded at blanks only. */
  private static final int LONGEST_WORD = 500;

  private MailText() {}

  /**
   * The value of a header, folded.
   *
   * @param header the header's name, which its first line begins with
   */
  static String of(String header, String text) {
    String line = OneLine.of(text, LONGEST);
    int used = header.length() + 2;
    return isPlain(line) ? MimeUtility.fold(used, line) : encoded(used, line);
  }

  private static boolean isPlain(String line) {
    int word = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      word = c == ' ' ? 0 : word + 1;
      if (c > '~' || word > LONGEST_WORD || (c == '=' && line.startsWith("=?", i))) {
        return false;
      }
    }
    return true;
  }

  /** White space between encoded-words is not shown (RFC 2047, section 6.2). */
  private static String encoded(int used, String line) {
    StringBuilder words = new StringBuilder();
    int room = bytesIn(LINE - used);
    int start = 0;
    int bytes = 0;
    for (int i = 0; i < line.length(); ) {
      int character = line.codePointAt(i);
      int length = Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
      if (bytes + length > room) {
        append(words, line.substring(start, i));
        room = bytesIn(LINE - 1);
        start = i;
        bytes = 0;
      }
      bytes += length;
      i += Character.charCount(character);
    }
    append(words, line.substring(start));
    return words.toString();
  }

  private static void append(StringBuilder words, String part) {
    if (!words.isEmpty()) {
      words.append(FOLD);
    }
    words
        .append(START)
        .append(Base64.getEncoder().encodeToString(part.getBytes(StandardCharsets.UTF_8)))
        .append(END);
  }

  /** How many bytes fit on the rest of a line, in base64. */
  private static int bytesIn(int rest) {
    return (rest - START.length() - END.length()) / 4 * 3;
  }
}
