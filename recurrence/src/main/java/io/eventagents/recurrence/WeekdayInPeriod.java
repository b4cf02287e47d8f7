package io.eventagents.recurrence;

import java.time.DayOfWeek;

/**
 * A value of {@code BYDAY}: {@code MO} is every Monday, {@code 1MO} the first of the month or year,
 * {@code -1MO} the last.
 *
 * @param ordinal which of them, from the end if negative; 0 for all
 * @param day the day of the week
 */
record WeekdayInPeriod(int ordinal, DayOfWeek day) {

  /**
   * Whether the day is meant.
   *
   * @param position its place in the month or year, from 1
   * @param length how many days the month or year has
   */
  boolean matches(DayOfWeek day, int position, int length) {
    if (day != this.day) {
      return false;
    }
    return ordinal == 0
        || ordinal == (position - 1) / 7 + 1
        || ordinal == -((length - position) / 7 + 1);
  }
}
