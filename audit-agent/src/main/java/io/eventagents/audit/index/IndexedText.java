package io.eventagents.audit.index;

import io.eventagents.Sha256;
import io.eventagents.StorableText;
import org.jspecify.annotations.Nullable;

/**
 * Text as the index can hold it. PostgreSQL stores neither NUL nor half of a surrogate pair, and
 * its indexes hold no long values; the log has the text as it came. Equal texts give equal results,
 * so a search term that is converted here too finds the text.
 */
public final class IndexedText {

  private static final int LONGEST = 400;
  private static final int KEPT = 320;

  private IndexedText() {}

  /** The text, shortened if it is long, with the characters replaced that the database refuses. */
  public static String of(String text) {
    if (text.length() <= LONGEST) {
      return StorableText.replace(text);
    }
    return StorableText.replace(text.substring(0, KEPT)) + "…sha256:" + Sha256.hex(text);
  }

  /** The same as {@link #of}; null for null. */
  public static @Nullable String ofNullable(@Nullable String text) {
    return text == null ? null : of(text);
  }
}
