package io.eventagents.audit.index;

import io.eventagents.Sha256;
import io.eventagents.StorableText;
import org.jspecify.annotations.Nullable;

/**
 * Text as the index can hold it. PostgreSQL takes no NUL and no half of a surrogate pair, and an
 * index no long values; the log has the text as it came. The same text always becomes the same, so
 * what is looked for is found when it went through here too.
 */
public final class IndexedText {

  private static final int LONGEST = 400;
  private static final int KEPT = 320;

  private IndexedText() {}

  /** The text, with what the database refuses replaced, and shortened where it is long. */
  public static String of(String text) {
    if (text.length() <= LONGEST) {
      return StorableText.replace(text);
    }
    return StorableText.replace(text.substring(0, KEPT)) + "…sha256:" + Sha256.hex(text);
  }

  /** As {@link #of}, for what may be missing. */
  static @Nullable String ofNullable(@Nullable String text) {
    return text == null ? null : of(text);
  }
}
