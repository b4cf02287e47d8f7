package io.eventagents.audit.proof;

import org.jspecify.annotations.Nullable;

/**
 * A note in a file of several.
 *
 * @param line the line that it starts in, from 1
 * @param start bytes before it
 * @param end where it ends
 * @param note null where what stands there is none
 * @param trouble what was expected instead; null if it is a note
 * @param torn whether the file ends within it
 */
public record FoundNote(
    long line,
    long start,
    long end,
    @Nullable SignedNote note,
    @Nullable String trouble,
    boolean torn) {

  /**
   * The note.
   *
   * @throws MalformedNote if there is none; it tells the trouble
   */
  public SignedNote signed() throws MalformedNote {
    if (note == null) {
      throw new MalformedNote(String.valueOf(trouble));
    }
    return note;
  }
}
