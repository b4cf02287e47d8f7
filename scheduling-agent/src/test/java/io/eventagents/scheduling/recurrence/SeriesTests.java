package io.eventagents.scheduling.recurrence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.fortuna.ical4j.model.Recur;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTests {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void keepsTheTimeOfDayThroughTheChangeOfTheClocks() {
    // Forward on 30 March, back on 26 October 2025.
    assertThat(times("FREQ=WEEKLY", local("2025-03-24T09:00"), 3))
        .containsExactly(
            Instant.parse("2025-03-24T08:00:00Z"),
            Instant.parse("2025-03-31T07:00:00Z"),
            Instant.parse("2025-04-07T07:00:00Z"));
  }

  @Test
  void movesATimeThatDoesNotExistByAsMuchAsTheClocks() {
    assertThat(times("FREQ=DAILY", local("2025-03-29T02:30"), 3))
        .containsExactly(
            local("2025-03-29T02:30"), local("2025-03-30T03:30"), local("2025-03-31T02:30"));
  }

  @Test
  void takesTheFirstOfATimeThatExistsTwice() {
    assertThat(times("FREQ=DAILY", local("2025-10-25T02:30"), 3))
        .containsExactly(
            Instant.parse("2025-10-25T00:30:00Z"),
            Instant.parse("2025-10-26T00:30:00Z"),
            Instant.parse("2025-10-27T01:30:00Z"));
  }

  /** 02:30 does not exist and becomes 03:30, which the rule names too: it counts once. */
  @Test
  void countsATimeOnceThatTwoOfTheRuleFallOn() {
    assertThat(times("FREQ=DAILY;BYHOUR=2,3", local("2025-03-29T02:30"), 5))
        .containsExactly(
            local("2025-03-29T02:30"),
            local("2025-03-29T03:30"),
            local("2025-03-30T03:30"),
            local("2025-03-31T02:30"),
            local("2025-03-31T03:30"));
  }

  @Test
  void beginsWithItsStartAlthoughTheRuleDoesNotNameIt() {
    // A Thursday.
    assertThat(times("FREQ=WEEKLY;BYDAY=MO;COUNT=3", local("2025-01-16T09:00"), 9))
        .containsExactly(
            local("2025-01-16T09:00"), local("2025-01-20T09:00"), local("2025-01-27T09:00"));
  }

  @Test
  void endsWithItsLast() {
    assertThat(times("FREQ=DAILY;COUNT=2", local("2025-01-16T09:00"), 9)).hasSize(2);
    assertThat(times("FREQ=DAILY;UNTIL=20250118T080000Z", local("2025-01-16T09:00"), 9)).hasSize(3);
    assertThat(times("FREQ=DAILY;UNTIL=20250118T075959Z", local("2025-01-16T09:00"), 9)).hasSize(2);
    assertThat(times("FREQ=DAILY;COUNT=1", local("2025-01-16T09:00"), 9)).hasSize(1);
  }

  @Test
  void keepsFractionsOfASecond() {
    Instant start = Instant.parse("2025-01-16T09:00:00.123456Z");

    assertThat(times("FREQ=DAILY;COUNT=2", start, 9))
        .containsExactly(start, Instant.parse("2025-01-17T09:00:00.123456Z"));
  }

  @Test
  void countsWhatPassedUnseen() {
    Series series = series("FREQ=DAILY;COUNT=10", local("2025-01-01T09:00"));

    assertThat(series.from(series.first(), local("2025-01-05T10:00")))
        .contains(new Occurrence(6, local("2025-01-06T09:00")));
    assertThat(series.from(series.first(), local("2025-02-01T00:00"))).isEmpty();
  }

  @Test
  void findsTheNextTimeOfAnEndlessRuleAtOnceHoweverLongItHasBeen() {
    Series series = series("FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8", local("0900-01-01T00:00"));

    assertThat(series.from(series.first(), local("2025-01-05T08:30")).map(Occurrence::at))
        .contains(local("2025-01-06T00:00"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=YEARLY;BYWEEKNO=54",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6"
      })
  void refusesARuleThatNamesNoTime(String rule) {
    assertThatThrownBy(() -> times(rule, local("2025-01-16T09:00"), 3))
        .isInstanceOf(InvalidRecurrence.class);
  }

  @Test
  void endsWithTheLastYear() {
    Series series = series("FREQ=YEARLY", Instant.parse("9999-06-01T00:00:00Z"));

    assertThat(series.after(series.first())).isEmpty();
  }

  /** Compares the times with those of a library that computes them independently. */
  @ParameterizedTest
  @CsvSource({
    "'FREQ=DAILY;INTERVAL=3', 2025-01-01T09:00",
    "'FREQ=WEEKLY;BYDAY=MO,WE,FR;WKST=SU;INTERVAL=2', 2025-01-06T09:00",
    "'FREQ=MONTHLY;BYMONTHDAY=-1', 2025-01-31T23:30",
    "'FREQ=MONTHLY;BYMONTHDAY=31', 2025-01-31T00:00",
    "'FREQ=MONTHLY;BYDAY=2TU', 2025-01-14T12:00",
    "'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', 2025-01-31T12:00",
    "'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', 2025-06-13T12:00",
    "'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', 2024-02-29T12:00",
    "'FREQ=YEARLY;BYDAY=20MO', 2025-05-19T12:00",
    "'FREQ=YEARLY;BYYEARDAY=1,100,200', 2025-01-01T12:00",
    "'FREQ=DAILY;BYHOUR=8,16', 2025-01-01T08:00"
  })
  void agreesWithAnotherLibrary(String rule, LocalDateTime start) {
    ZoneId zone = ZoneId.of("UTC");
    List<LocalDateTime> others =
        new Recur<LocalDateTime>(rule).getDates(start, start, start.plusYears(9), 30);
    Series series = new Series(Recurrence.of(rule), start.atZone(zone).toInstant(), zone);

    assertThat(
            times(series, 30).stream()
                .map(it -> LocalDateTime.ofInstant(it, zone))
                .limit(others.size()))
        .hasSizeGreaterThan(2)
        .containsExactlyElementsOf(others);
  }

  private static List<Instant> times(String rule, Instant start, int most) {
    return times(series(rule, start), most);
  }

  private static List<Instant> times(Series series, int most) {
    List<Instant> times = new ArrayList<>();
    Optional<Occurrence> next = Optional.of(series.first());
    while (next.isPresent() && times.size() < most) {
      times.add(next.get().at());
      assertThat(next.get().number()).isEqualTo(times.size());
      next = series.after(next.get());
    }
    return times;
  }

  private static Series series(String rule, Instant start) {
    return new Series(Recurrence.of(rule), start, BERLIN);
  }

  private static Instant local(String time) {
    return LocalDateTime.parse(time).atZone(BERLIN).toInstant();
  }
}
