package io.eventagents.audit.verification;

import org.jspecify.annotations.Nullable;

/**
 * Something that is not as it must be, and where.
 *
 * @param file the file, or the topic
 * @param line the line in it, from 1 (of a topic: the offset); 0 if it concerns the file as a whole
 * @param position bytes of the file before what is meant; -1 if there is no such place
 * @param expected what was expected
 * @param found what was found
 */
public record Deviation(
    String file, long line, long position, String expected, @Nullable String found) {

  /** In words. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(" line ").append(line);
    }
    if (position >= 0) {
      text.append(", byte ").append(position);
    }
    text.append(": expected ").append(expected);
    if (found != null) {
      text.append("; found ").append(found);
    }
    return text.toString();
  }
}
