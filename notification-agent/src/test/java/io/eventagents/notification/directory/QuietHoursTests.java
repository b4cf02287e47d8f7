package io.eventagents.notification.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Berlin sets its clocks forward on 30 March 2025 at 2:00, and back on 26 October at 3:00. */
class QuietHoursTests {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "2025-01-15T22:00+01:00, 2025-01-16T07:00+01:00",
    "2025-01-15T23:59+01:00, 2025-01-16T07:00+01:00",
    "2025-01-16T00:00+01:00, 2025-01-16T07:00+01:00",
    "2025-01-16T06:59:59.999+01:00, 2025-01-16T07:00+01:00",
    "2025-03-29T23:00+01:00, 2025-03-30T07:00+02:00",
    "2025-10-25T23:00+02:00, 2025-10-26T07:00+01:00"
  })
  void endInTheMorning(String now, String end) {
    assertThat(quiet("22:00", "07:00").endOf(at(now), BERLIN)).contains(at(end));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2025-01-16T07:00+01:00",
        "2025-01-16T12:00+01:00",
        "2025-01-16T21:59:59.999+01:00"
      })
  void areNotDuringTheDay(String now) {
    assertThat(quiet("22:00", "07:00").endOf(at(now), BERLIN)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2025-01-15T12:30+01:00, 2025-01-15T13:00+01:00",
    "2025-07-15T12:30+02:00, 2025-07-15T13:00+02:00"
  })
  void mayBeAtNoon(String now, String end) {
    assertThat(quiet("12:00", "13:00").endOf(at(now), BERLIN)).contains(at(end));
    assertThat(quiet("12:00", "13:00").endOf(at(end), BERLIN)).isEmpty();
  }

  @Test
  void areThoseOfTheRecipientsZone() {
    Instant now = at("2025-01-15T23:00+01:00");

    assertThat(quiet("22:00", "07:00").endOf(now, ZoneId.of("America/New_York"))).isEmpty();
    assertThat(quiet("22:00", "07:00").endOf(now, ZoneId.of("Asia/Kolkata")))
        .contains(at("2025-01-16T07:00+05:30"));
  }

  /** 2:30 does not exist on that day. Clocks pass it at the change. */
  @Test
  void endAtTheChangeIfTheirEndIsSkipped() {
    assertThat(quiet("22:00", "02:30").endOf(at("2025-03-30T01:59+01:00"), BERLIN))
        .contains(at("2025-03-30T03:00+02:00"));
    assertThat(quiet("22:00", "02:30").endOf(at("2025-03-30T03:00+02:00"), BERLIN)).isEmpty();
  }

  @Test
  void beginAtTheChangeIfTheirBeginningIsSkipped() {
    assertThat(quiet("02:30", "07:00").endOf(at("2025-03-30T01:59:59+01:00"), BERLIN)).isEmpty();
    assertThat(quiet("02:30", "07:00").endOf(at("2025-03-30T03:00+02:00"), BERLIN))
        .contains(at("2025-03-30T07:00+02:00"));
  }

  /** 2:30 comes twice. The first time ends the quiet hours, and they do not begin again. */
  @Test
  void endTheFirstTimeIfTheirEndComesTwice() {
    assertThat(quiet("22:00", "02:30").endOf(at("2025-10-26T02:29+02:00"), BERLIN))
        .contains(at("2025-10-26T02:30+02:00"));
    assertThat(quiet("22:00", "02:30").endOf(at("2025-10-26T02:10+01:00"), BERLIN)).isEmpty();
  }

  @Test
  void lastAnHourLongerInTheNightThatDoes() {
    Instant begin = at("2025-10-25T22:00+02:00");

    assertThat(quiet("22:00", "07:00").endOf(begin, BERLIN))
        .contains(begin.plus(Duration.ofHours(10)));
  }

  /**
   * Lord Howe Island changes its clocks by half an hour: from 2:00 (+11:00) to 1:30 on 6 April, and
   * from 2:00 (+10:30) to 2:30 on 5 October. St. John's has the offsets -03:30 and -02:30, and
   * Cairo has no midnight on 25 April, and two on 31 October.
   */
  @ParameterizedTest
  @CsvSource({
    "Australia/Lord_Howe, 22:00, 02:15, 2025-10-05T01:59+10:30, 2025-10-05T02:30+11:00",
    "Australia/Lord_Howe, 22:00, 07:00, 2025-10-04T22:00+10:30, 2025-10-05T07:00+11:00",
    "Australia/Lord_Howe, 02:15, 07:00, 2025-10-05T02:30+11:00, 2025-10-05T07:00+11:00",
    "Australia/Lord_Howe, 22:00, 01:45, 2025-04-06T01:44+11:00, 2025-04-06T01:45+11:00",
    "Australia/Lord_Howe, 22:00, 07:00, 2025-04-05T22:00+11:00, 2025-04-06T07:00+10:30",
    "Australia/Lord_Howe, 01:45, 07:00, 2025-04-06T01:35+10:30, 2025-04-06T07:00+10:30",
    "America/St_Johns, 22:00, 02:30, 2025-03-09T01:59-03:30, 2025-03-09T03:00-02:30",
    "America/St_Johns, 22:00, 01:30, 2025-11-02T01:29-02:30, 2025-11-02T01:30-02:30",
    "America/St_Johns, 22:00, 07:00, 2025-11-02T01:30-03:30, 2025-11-02T07:00-03:30",
    "Africa/Cairo, 00:00, 06:00, 2025-04-25T01:00+03:00, 2025-04-25T06:00+03:00",
    "Africa/Cairo, 22:00, 00:30, 2025-04-24T23:59+02:00, 2025-04-25T01:00+03:00",
    "Africa/Cairo, 23:30, 06:00, 2025-10-30T23:10+02:00, 2025-10-31T06:00+02:00"
  })
  void endOnceWhateverTheClocksDo(ZoneId zone, String from, String to, String now, String end) {
    assertThat(quiet(from, to).endOf(at(now), zone)).contains(at(end));
    assertThat(quiet(from, to).endOf(at(end), zone)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Australia/Lord_Howe, 22:00, 01:45, 2025-04-06T01:35+10:30",
    "Australia/Lord_Howe, 02:10, 02:20, 2025-10-05T02:30+11:00",
    "Australia/Lord_Howe, 01:40, 01:50, 2025-04-06T01:45+10:30",
    "Australia/Lord_Howe, 02:15, 07:00, 2025-10-05T01:59+10:30",
    "America/St_Johns, 22:00, 01:30, 2025-11-02T01:10-03:30",
    "Africa/Cairo, 22:00, 23:15, 2025-10-30T23:05+02:00"
  })
  void doNotComeTwiceOrWhereTheyAreSkipped(ZoneId zone, String from, String to, String now) {
    assertThat(quiet(from, to).endOf(at(now), zone)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Australia/Lord_Howe, 02:15, 2025-10-04T12:00+10:30, 2025-10-05T02:30+11:00",
    "Australia/Lord_Howe, 02:15, 2025-10-05T02:30+11:00, 2025-10-06T02:15+11:00",
    "Australia/Lord_Howe, 01:45, 2025-04-06T01:00+11:00, 2025-04-06T01:45+11:00",
    "Australia/Lord_Howe, 01:45, 2025-04-06T01:40+10:30, 2025-04-07T01:45+10:30",
    "Africa/Cairo, 00:00, 2025-04-24T12:00+02:00, 2025-04-25T01:00+03:00",
    "Africa/Cairo, 23:30, 2025-10-30T23:10+02:00, 2025-10-31T23:30+02:00"
  })
  void aDailyDigestComesOnceADayWhateverTheClocksDo(
      ZoneId zone, String time, String now, String next) {
    assertThat(new DigestTimes.Daily(LocalTime.parse(time)).next(at(now), zone))
        .isEqualTo(at(next));
  }

  @Test
  void aDigestWaitsForQuietHoursThatEndWithTheChange() {
    Preferences preferences =
        new Preferences(
            null,
            quiet("22:00", "02:45"),
            Map.of("email", new DigestTimes.Daily(LocalTime.of(2, 15))));

    assertThat(preferences.sendAt("email", at("2025-03-29T12:00+01:00"), BERLIN))
        .contains(at("2025-03-30T03:00+02:00"));
    assertThat(preferences.sendAt("email", at("2025-10-25T12:00+02:00"), BERLIN))
        .contains(at("2025-10-26T02:45+02:00"));
  }

  @Test
  void areNotTheWholeDay() {
    assertThatThrownBy(() -> quiet("07:00", "07:00")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-01-15T07:59+01:00, 2025-01-15T08:00+01:00",
    "2025-01-15T08:00+01:00, 2025-01-16T08:00+01:00",
    "2025-03-29T09:00+01:00, 2025-03-30T08:00+02:00"
  })
  void aDailyDigestComesAtItsTime(String now, String next) {
    assertThat(new DigestTimes.Daily(LocalTime.of(8, 0)).next(at(now), BERLIN)).isEqualTo(at(next));
  }

  @Test
  void aDailyDigestComesOnceIfItsTimeComesTwice() {
    DigestTimes.Daily digest = new DigestTimes.Daily(LocalTime.of(2, 30));
    Instant first = at("2025-10-26T02:30+02:00");

    assertThat(digest.next(at("2025-10-26T00:00+02:00"), BERLIN)).isEqualTo(first);
    assertThat(digest.next(first, BERLIN)).isEqualTo(at("2025-10-27T02:30+01:00"));
  }

  @Test
  void aDigestInIntervalsComesForAllAtOnce() {
    DigestTimes.Every digest = new DigestTimes.Every(Duration.ofHours(4));

    assertThat(digest.next(at("2025-01-15T05:01Z"), BERLIN)).isEqualTo(at("2025-01-15T08:00Z"));
    assertThat(digest.next(at("2025-01-15T08:00Z"), BERLIN)).isEqualTo(at("2025-01-15T12:00Z"));
  }

  @Test
  void aDigestWaitsForTheEndOfQuietHours() {
    Preferences preferences =
        new Preferences(
            null,
            quiet("22:00", "09:00"),
            Map.of("email", new DigestTimes.Daily(LocalTime.of(8, 0))));

    assertThat(preferences.sendAt("email", at("2025-01-15T12:00+01:00"), BERLIN))
        .contains(at("2025-01-16T09:00+01:00"));
    assertThat(preferences.sendAt("sms", at("2025-01-15T12:00+01:00"), BERLIN)).isEmpty();
  }

  private static QuietHours quiet(String from, String to) {
    return new QuietHours(LocalTime.parse(from), LocalTime.parse(to));
  }

  private static Instant at(String time) {
    return ZonedDateTime.parse(time).toInstant();
  }
}
