package io.eventagents;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Foreign text in forms that PostgreSQL can hold. JSON may carry any sequence of chars; the
 * database refuses NUL, turns unpaired surrogates into question marks, and refuses long values in
 * an index. Such a text must not make its statement fail, and with that its batch.
 *
 * <pre>{@code
 * insert.param("title", StorableText.escape(event.data().title()));  // and unescape(...) when read
 * insert.param("event_id", StorableText.key(event.eventId()));       // of a primary key or an index
 * }</pre>
 *
 * <p>A column that is a key and is read back too takes a {@link StorableKey}.
 *
 * <p>Ordinary text, and so everything that was stored before, is the same in all forms.
 * Thread-safe.
 */
public final class StorableText {

  /** Introduces four hexadecimal digits. From the private use area: ordinary text has none. */
  private static final char ESCAPE = '\uE000';

  private static final int ESCAPED_LENGTH = 5;
  private static final char REPLACEMENT = '\uFFFD';
  private static final String DIGEST = "sha-256:";
  private static final int LONGEST_KEY = 200;
  private static final HexFormat HEX = HexFormat.of();

  private StorableText() {}

  /** The text in a form that {@link #unescape} turns into exactly the same text again. */
  public static String escape(String text) {
    int first = 0;
    while (first < text.length() && !mustBeEscaped(text, first)) {
      first++;
    }
    if (first == text.length()) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 2 * ESCAPED_LENGTH);
    escaped.append(text, 0, first);
    for (int i = first; i < text.length(); i++) {
      char c = text.charAt(i);
      if (mustBeEscaped(text, i)) {
        escaped.append(ESCAPE).append(HEX.toHexDigits(c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /**
   * The text that {@link #escape} was given. Other text stays as it is, unless it contains such
   * escapes.
   */
  public static String unescape(String stored) {
    if (stored.indexOf(ESCAPE) < 0) {
      return stored;
    }
    StringBuilder text = new StringBuilder(stored.length());
    int i = 0;
    while (i < stored.length()) {
      if (isEscape(stored, i)) {
        text.append((char) HexFormat.fromHexDigits(stored, i + 1, i + ESCAPED_LENGTH));
        i += ESCAPED_LENGTH;
      } else {
        text.append(stored.charAt(i++));
      }
    }
    return text.toString();
  }

  /**
   * The text with a replacement character (U+FFFD) for each char that the database refuses, to be
   * shown and searched. Different texts can become the same.
   */
  public static String replace(String text) {
    StringBuilder replaced = null;
    for (int i = 0; i < text.length(); i++) {
      if (isRefused(text, i)) {
        if (replaced == null) {
          replaced = new StringBuilder(text);
        }
        replaced.setCharAt(i, REPLACEMENT);
      }
    }
    return replaced == null ? text : replaced.toString();
  }

  /**
   * The text as a key: the text itself if it has at most 200 printable ASCII characters, else its
   * digest. Different texts have different keys. A key does not reveal its text.
   */
  public static String key(String text) {
    return isPlain(text) ? text : digest(text);
  }

  /**
   * The text as a key that can be read: escaped if it is short, else its digest. Different texts
   * have different ones.
   */
  static String readableKey(String text) {
    return text.length() <= LONGEST_KEY && !isDigest(text) ? escape(text) : digest(text);
  }

  static boolean isDigest(String key) {
    return key.startsWith(DIGEST);
  }

  private static boolean mustBeEscaped(String text, int i) {
    return text.charAt(i) == ESCAPE || isRefused(text, i);
  }

  private static boolean isRefused(String text, int i) {
    char c = text.charAt(i);
    return c == 0 || (Character.isSurrogate(c) && isUnpaired(text, i));
  }

  private static boolean isUnpaired(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
        : i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
  }

  private static boolean isEscape(String stored, int i) {
    if (stored.charAt(i) != ESCAPE || stored.length() - i < ESCAPED_LENGTH) {
      return false;
    }
    for (int digit = i + 1; digit < i + ESCAPED_LENGTH; digit++) {
      if (!HexFormat.isHexDigit(stored.charAt(digit))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(String text) {
    return text.length() <= LONGEST_KEY
        && !isDigest(text)
        && text.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  private static String digest(String text) {
    // Char by char: an encoder would take all unpaired surrogates for the same.
    ByteBuffer chars = ByteBuffer.allocate(text.length() * Character.BYTES);
    text.chars().forEach(c -> chars.putChar((char) c));
    return DIGEST + Sha256.hex(chars.array());
  }
}
