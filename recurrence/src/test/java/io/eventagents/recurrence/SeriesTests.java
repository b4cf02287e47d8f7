package io.eventagents.recurrence;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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

  /** 02:30 does not exist and is 03:30 then, which the rule names too: that is once. */
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

  /**
   * On Lord Howe Island the clocks go forward by half an hour only, from 02:00 on 5 October 2025.
   */
  @Test
  void keepsTheOrderIfATimeIsMovedBehindTheNext() {
    ZoneId zone = ZoneId.of("Australia/Lord_Howe");
    Instant start = LocalDateTime.parse("2025-10-04T02:30").atZone(zone).toInstant();
    Series series =
        new Series(Recurrence.of("FREQ=DAILY;BYHOUR=2;BYMINUTE=15,30;COUNT=4"), start, zone);

    assertThat(times(series, 9))
        .extracting(time -> LocalDateTime.ofInstant(time, zone))
        .containsExactly(
            LocalDateTime.parse("2025-10-04T02:30"),
            LocalDateTime.parse("2025-10-05T02:30"),
            LocalDateTime.parse("2025-10-05T02:45"),
            LocalDateTime.parse("2025-10-06T02:15"));
  }

  /**
   * Of a period, only its days are looked at: 146,097 with 96 times each would be a lot of work.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;BYHOUR=%s;BYMINUTE=0,15,30,45",
        "FREQ=DAILY;BYHOUR=%s;BYMINUTE=0,15,30,45;BYSETPOS=97",
        "FREQ=YEARLY;BYDAY=MO;BYMONTHDAY=1;BYMONTH=2;BYHOUR=%s;BYMINUTE=0,15,30,45;BYSETPOS=97"
      })
  void findsOutSoonThatARuleNamesNoTime(String rule) {
    String hours = IntStream.range(0, 24).mapToObj(String::valueOf).collect(joining(","));

    assertThatThrownBy(() -> series(rule.formatted(hours), local("2025-01-16T09:00")).check())
        .hasMessageContaining("names none after 2025-01-16T08:00:00Z");
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
  void findsTheNextOfARuleWithoutEndAtOnceHoweverLongItHasBeen() {
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The first that the rule names in a year counts for BYSETPOS, though it lies before.
        "FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=1;BYSETPOS=1 | 2026-06-01T09:00 | 2027-03-01T09:00",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31 | 2026-01-15T09:00 | 2026-01-31T09:00",
        "FREQ=DAILY;INTERVAL=400 | 2026-01-15T09:00 | 2027-02-19T09:00",
        "FREQ=YEARLY;BYMONTHDAY=5 | 2026-01-15T09:00 | 2026-02-05T09:00",
        // Not only the hour of the start
        "FREQ=WEEKLY;BYHOUR=19,23 | 2024-02-09T05:00 | 2024-02-09T19:00",
        // 1 and 2 January 2027 are in week 53 of 2026, 30 and 31 December 2024 in week 1 of 2025
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=SA | 2026-06-01T09:00 | 2027-01-02T09:00",
        "FREQ=YEARLY;BYWEEKNO=52;BYDAY=SU | 2022-12-26T09:00 | 2023-01-01T09:00",
        "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO | 2024-06-01T09:00 | 2024-12-30T09:00",
        "FREQ=YEARLY;BYWEEKNO=-53;BYDAY=TU | 2019-06-01T09:00 | 2019-12-31T09:00",
        // Without BYDAY it is the weekday of the start, a Thursday
        "FREQ=YEARLY;BYWEEKNO=20 | 2025-01-16T09:00 | 2025-05-15T09:00",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29 | 2097-01-01T09:00 | 2104-02-29T09:00",
        "FREQ=YEARLY;BYYEARDAY=-366;BYDAY=SU | 2025-06-01T09:00 | 2040-01-01T09:00"
      })
  void findsTheNext(String rule, String start, String next) {
    Series series = series(rule, local(start));

    assertThat(series.after(series.first()).map(Occurrence::at)).contains(local(next));
    assertThat(series.from(series.first(), local(next)).map(Occurrence::at)).contains(local(next));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31 | 2026-02-15T09:00",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 | 2026-02-15T09:00",
        "FREQ=YEARLY;INTERVAL=999999999 | 2026-02-15T09:00"
      })
  void isRefusedIfItsStartIsItsOnlyTime(String rule, String start) {
    assertThatThrownBy(() -> series(rule, local(start)).check())
        .isInstanceOf(InvalidRecurrence.class)
        .hasMessageStartingWith("must name a time that comes again; ");
  }

  @ParameterizedTest
  @CsvSource({"FREQ=DAILY;COUNT=1", "FREQ=DAILY;UNTIL=20000101T000000Z"})
  void mayEndWithItsStart(String rule) {
    series(rule, local("2026-02-15T09:00")).check();
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
