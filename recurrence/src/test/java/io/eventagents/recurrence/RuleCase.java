package io.eventagents.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * When a rule recurs by another program: a line of {@code rules.py}.
 *
 * @param rule the rule
 * @param start the first time, in UTC
 * @param later the next ones of {@value #YEARS} years, {@value #MOST} at the most
 */
record RuleCase(String rule, LocalDateTime start, List<LocalDateTime> later) {

  private static final int YEARS = 60;
  private static final int MOST = 20;

  static RuleCase of(String line) {
    String[] columns = line.split("\t", -1);
    return new RuleCase(
        columns[0],
        LocalDateTime.parse(columns[1]),
        columns[2].isEmpty()
            ? List.of()
            : Arrays.stream(columns[2].split(",")).map(LocalDateTime::parse).toList());
  }

  /**
   * Fails unless the rule recurs then, whether its times are asked for one after another or not.
   */
  void verify() {
    assertThat(found()).as("%s from %s", rule, start).isEqualTo(later);
    Series series = series();
    Occurrence first = series.first();
    for (LocalDateTime time : later) {
      assertThat(series.from(first, time.toInstant(ZoneOffset.UTC)).map(Occurrence::at))
          .as("%s from %s, not before %s", rule, start, time)
          .contains(time.toInstant(ZoneOffset.UTC));
    }
  }

  private List<LocalDateTime> found() {
    List<LocalDateTime> times = new ArrayList<>();
    Series series = series();
    try {
      Optional<Occurrence> next = series.after(series.first());
      while (next.isPresent() && times.size() < MOST) {
        LocalDateTime time = LocalDateTime.ofInstant(next.get().at(), ZoneOffset.UTC);
        if (time.isAfter(start.plusYears(YEARS))) {
          break;
        }
        times.add(time);
        next = series.after(next.get());
      }
    } catch (InvalidRecurrence neverComes) {
      assertThat(neverComes).hasMessageContaining("comes again");
    }
    return times;
  }

  private Series series() {
    return new Series(Recurrence.of(rule), start.toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
  }
}
