package io.eventagents.audit.log;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Which file a batch goes to. A day starts a file, never one that sorts before the newest, so that
 * the order of the files is the order of the lines.
 *
 * <p>A clock that was far ahead for a while leaves a file of a day that is long to come. Not all
 * lines until then go there: each day starts a file still, named after the day behind the newest's.
 */
final class NextFile {

  /** How long lines wait in the newest file for the clock to catch up with it. */
  private static final int PATIENCE_DAYS = 7;

  /** A year has four digits in the name of a file. */
  private static final int LAST_YEAR = 9999;

  private NextFile() {}

  /**
   * @param newest the newest file
   * @param lastLogged when its last line was logged
   * @param today what the clock says
   */
  static String of(String newest, Instant lastLogged, LocalDate today) {
    String ofToday = LogFiles.of(today);
    if (ofToday.compareTo(newest) > 0) {
      return ofToday;
    }
    LocalDate day = LogFiles.dayOf(newest).orElse(today);
    LocalDate last = LocalDate.ofInstant(lastLogged, ZoneOffset.UTC);
    boolean isFarAhead = day.isAfter(today.plusDays(PATIENCE_DAYS));
    boolean isAnotherDay = last.isBefore(today) || last.isAfter(today.plusDays(PATIENCE_DAYS));
    LocalDate next = day.plusDays(1);
    return isFarAhead && isAnotherDay && next.getYear() <= LAST_YEAR ? LogFiles.of(next) : newest;
  }
}
