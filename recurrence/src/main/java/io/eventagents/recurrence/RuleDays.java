package io.eventagents.recurrence;

import java.time.LocalDate;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The days that a rule names in one of its periods. What the rule leaves open is taken from the
 * first day of the series: its weekday, its day of the month, its month.
 */
final class RuleDays {

  private static final int DAYS_OF_FIRST_WEEK = 4; // RFC 5545: as in ISO 8601

  private final RuleParts rule;
  private final LocalDate start;
  private final WeekFields weeks;

  RuleDays(RuleParts rule, LocalDate start) {
    this.rule = rule;
    this.start = start;
    this.weeks = WeekFields.of(rule.weekStart(), DAYS_OF_FIRST_WEEK);
  }

  /** The days of the period that begins on this day, in order. */
  List<LocalDate> of(LocalDate period) {
    // A loop, because a rule that never comes asks for each day of 400 years.
    List<LocalDate> named = new ArrayList<>();
    LocalDate next = rule.frequency().plus(period, 1);
    for (LocalDate day = period; day.isBefore(next); day = day.plusDays(1)) {
      if (isNamed(day)) {
        named.add(day);
      }
    }
    return named;
  }

  private boolean isNamed(LocalDate day) {
    return isInMonth(day)
        && isInWeek(day)
        && isDayOfYear(day)
        && isDayOfMonth(day)
        && isWeekday(day);
  }

  private boolean isInMonth(LocalDate day) {
    if (!rule.months().isEmpty()) {
      return rule.months().contains(day.getMonthValue());
    }
    return rule.frequency() != Frequency.YEARLY
        || namesDays()
        || day.getMonth() == start.getMonth();
  }

  private boolean isInWeek(LocalDate day) {
    if (rule.weekNumbers().isEmpty()) {
      return true;
    }
    int week = day.get(weeks.weekOfWeekBasedYear());
    int length = (int) weeks.weekOfWeekBasedYear().rangeRefinedBy(day).getMaximum();
    return isIn(rule.weekNumbers(), week, length);
  }

  private boolean isDayOfYear(LocalDate day) {
    return rule.yearDays().isEmpty()
        || isIn(rule.yearDays(), day.getDayOfYear(), day.lengthOfYear());
  }

  private boolean isDayOfMonth(LocalDate day) {
    if (!rule.monthDays().isEmpty()) {
      return isIn(rule.monthDays(), day.getDayOfMonth(), day.lengthOfMonth());
    }
    return switch (rule.frequency()) {
      case DAILY, WEEKLY -> true;
      case MONTHLY, YEARLY -> namesDays() || day.getDayOfMonth() == start.getDayOfMonth();
    };
  }

  private boolean isWeekday(LocalDate day) {
    if (rule.weekdays().isEmpty()) {
      boolean ofStart =
          rule.frequency() == Frequency.WEEKLY
              || (!rule.weekNumbers().isEmpty()
                  && rule.yearDays().isEmpty()
                  && rule.monthDays().isEmpty());
      return !ofStart || day.getDayOfWeek() == start.getDayOfWeek();
    }
    boolean inYear = rule.frequency() == Frequency.YEARLY && rule.months().isEmpty();
    int position = inYear ? day.getDayOfYear() : day.getDayOfMonth();
    int length = inYear ? day.lengthOfYear() : day.lengthOfMonth();
    return rule.weekdays().stream()
        .anyMatch(weekday -> weekday.matches(day.getDayOfWeek(), position, length));
  }

  /** Whether the rule says itself which days of a month or year it means. */
  private boolean namesDays() {
    return !rule.weekNumbers().isEmpty()
        || !rule.yearDays().isEmpty()
        || !rule.monthDays().isEmpty()
        || !rule.weekdays().isEmpty();
  }

  /** Numbers count from 1, or from the end: -1 is the last. */
  private static boolean isIn(Set<Integer> numbers, int number, int length) {
    return numbers.contains(number) || numbers.contains(number - length - 1);
  }
}
