package io.eventagents.recurrence;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** How long a period of a rule is. Within each period the rule names its times anew. */
enum Frequency {
  DAILY(ChronoUnit.DAYS, 146_097),
  WEEKLY(ChronoUnit.WEEKS, 20_871),
  MONTHLY(ChronoUnit.MONTHS, 4_800),
  YEARLY(ChronoUnit.YEARS, 400);

  private final ChronoUnit unit;
  private final int cycle;

  Frequency(ChronoUnit unit, int cycle) {
    this.unit = unit;
    this.cycle = cycle;
  }

  /** How many periods the calendar's cycle of 400 years has. */
  int cycle() {
    return cycle;
  }

  /** The first day of the period that a day is in. */
  LocalDate periodOf(LocalDate day, DayOfWeek weekStart) {
    return switch (this) {
      case DAILY -> day;
      case WEEKLY -> day.with(TemporalAdjusters.previousOrSame(weekStart));
      case MONTHLY -> day.withDayOfMonth(1);
      case YEARLY -> day.withDayOfYear(1);
    };
  }

  /** The first day of the period that comes so many later. */
  LocalDate plus(LocalDate period, long periods) {
    return period.plus(periods, unit);
  }

  /** How many periods lie between two first days. */
  long between(LocalDate period, LocalDate later) {
    return unit.between(period, later);
  }
}
