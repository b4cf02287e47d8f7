package io.eventagents.recurrence;

import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says. Sets are empty if the rule lacks the part.
 *
 * @param interval every how many periods, from 1
 * @param count of how many times the series consists
 * @param until when it ends
 * @param weekStart the day that weeks begin with
 */
record RuleParts(
    Frequency frequency,
    int interval,
    @Nullable Integer count,
    @Nullable Instant until,
    Set<Integer> months,
    Set<Integer> weekNumbers,
    Set<Integer> yearDays,
    Set<Integer> monthDays,
    List<WeekdayInPeriod> weekdays,
    Set<Integer> hours,
    Set<Integer> minutes,
    Set<Integer> seconds,
    Set<Integer> positions,
    DayOfWeek weekStart) {}
