package io.eventagents.audit.log;

/**
 * A line as it stands in a file.
 *
 * @param start where it starts
 * @param text its bytes, without the line feed
 * @param complete whether a line feed ends it; only the last line of a file may lack it
 */
@SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
public record LogLine(LogPlace start, byte[] text, boolean complete) {

  /** Where the next line starts. */
  public LogPlace end() {
    return new LogPlace(start.file(), start.position() + text.length + (complete ? 1 : 0));
  }
}
