package io.eventagents.audit.log;

import java.nio.charset.StandardCharsets;

/**
 * What the first line behind a break states beside its record: the signed note on the break, as the
 * last key of its head, and so chained like the rest of it.
 */
public final class LineStatement {

  private LineStatement() {}

  /** The key and its value, as they stand in the line, the comma before them included. */
  public static byte[] of(String note) {
    byte[] utf8 = note.getBytes(StandardCharsets.UTF_8);
    return new LineBuffer(2 * utf8.length).verbatim(LineKeys.BREAK).string(utf8).copy();
  }
}
