package io.eventagents.recurrence;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The times that a rule names by the clock on the wall, in order, without regard to how many, or
 * until when. They begin with the period that the series starts in, so that some may lie before its
 * start. Not thread-safe.
 *
 * <p>Each period is reckoned by itself, so that any of them can be begun with.
 */
final class RuleTimes implements Iterator<LocalDateTime> {

  /** A cycle of the calendar behind the last year that an event can name. */
  private static final LocalDate LAST = LocalDate.of(10_399, 12, 31);

  private final RuleParts rule;
  private final RuleDays days;
  private final List<LocalTime> timesOfDay;
  private final LocalDate first;
  private final long periods;
  private final int fewest;
  private long period;
  private LocalDateTime earliest = LocalDateTime.MIN;
  private Iterator<LocalDateTime> times = Collections.emptyIterator();

  RuleTimes(RuleParts rule, LocalDateTime start) {
    this.rule = rule;
    this.days = new RuleDays(rule, start.toLocalDate());
    this.timesOfDay = timesOfDay(rule, start.toLocalTime());
    this.first = rule.frequency().periodOf(start.toLocalDate(), rule.weekStart());
    this.periods = rule.frequency().between(first, LAST);
    this.fewest = rule.positions().stream().mapToInt(Math::abs).min().orElse(1);
  }

  /** Goes on with the first that is not before this. */
  void skipTo(LocalDateTime time) {
    LocalDate there = rule.frequency().periodOf(time.toLocalDate(), rule.weekStart());
    period = Math.max(0, rule.frequency().between(first, there) / rule.interval());
    earliest = time;
    times = Collections.emptyIterator();
  }

  /** Whether the rule names one more. */
  @Override
  public boolean hasNext() {
    // After a cycle of the calendar without a time, there never is one: what follows is the same.
    for (int empty = 0; !times.hasNext() && empty <= rule.frequency().cycle(); empty++) {
      long passed = period * rule.interval();
      if (passed > periods) {
        return false;
      }
      times = timesOf(rule.frequency().plus(first, passed)).iterator();
      period++;
    }
    return times.hasNext();
  }

  @Override
  public LocalDateTime next() {
    if (!hasNext()) {
      throw new NoSuchElementException("%s names no more times".formatted(rule));
    }
    return times.next();
  }

  private Stream<LocalDateTime> timesOf(LocalDate begin) {
    List<LocalDate> named = days.of(begin);
    int all = named.size() * timesOfDay.size();
    if (all < fewest) {
      return Stream.empty();
    }
    IntStream places =
        rule.positions().isEmpty()
            ? IntStream.range(0, all)
            : rule.positions().stream()
                .mapToInt(position -> position < 0 ? all + position : position - 1)
                .filter(place -> place >= 0 && place < all)
                .sorted()
                .distinct();
    return places.mapToObj(place -> time(named, place)).dropWhile(time -> time.isBefore(earliest));
  }

  private LocalDateTime time(List<LocalDate> named, int place) {
    return LocalDateTime.of(
        named.get(place / timesOfDay.size()), timesOfDay.get(place % timesOfDay.size()));
  }

  private static List<LocalTime> timesOfDay(RuleParts rule, LocalTime start) {
    TreeSet<LocalTime> times = new TreeSet<>();
    for (int hour : or(rule.hours(), start.getHour())) {
      for (int minute : or(rule.minutes(), start.getMinute())) {
        for (int second : or(rule.seconds(), start.getSecond())) {
          // Java's clock has no leap second.
          times.add(LocalTime.of(hour, minute, Math.min(second, 59)));
        }
      }
    }
    return List.copyOf(times);
  }

  private static Set<Integer> or(Set<Integer> said, int otherwise) {
    return said.isEmpty() ? Set.of(otherwise) : said;
  }
}
