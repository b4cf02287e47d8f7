package io.eventagents.audit.log;

import java.util.Comparator;

/**
 * A place in the log, between two lines.
 *
 * @param file the name of the file
 * @param position bytes from its start
 */
public record LogPlace(String file, long position) implements Comparable<LogPlace> {

  private static final Comparator<LogPlace> IN_ORDER =
      Comparator.comparing(LogPlace::file).thenComparingLong(LogPlace::position);

  @Override
  public int compareTo(LogPlace other) {
    return IN_ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return file + " at byte " + position;
  }
}
