package io.eventagents.recurrence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FREQ=DAILY",
        "FREQ=DAILY;BYHOUR=8,12,16",
        "FREQ=WEEKLY;BYDAY=MO,TH;INTERVAL=2;WKST=SU",
        "FREQ=MONTHLY;BYDAY=-1FR;COUNT=12",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;UNTIL=20501231T235959Z",
        "freq=daily;interval=999999999;wkst=su",
        "FREQ=DAILY;BYHOUR=8;BYMINUTE=0,30;BYSECOND=0",
        "FREQ=YEARLY;BYWEEKNO=1,-1;BYDAY=MO",
        "FREQ=YEARLY;BYDAY=20MO,-1SU",
        "FREQ=MONTHLY;BYDAY=+1MO",
        "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=OMIT;BYMONTHDAY=31",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=0,15,30,45"
      })
  void takesRules(String text) {
    assertThat(Recurrence.of(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | must be a rule of RFC 5545, such as FREQ=WEEKLY;BYDAY=MO",
        "RRULE:FREQ=DAILY | without RRULE: before it",
        "'' | is no part of a rule",
        "FREQ=DAILY; | is no part of a rule",
        "INTERVAL=2 | FREQ is missing",
        "FREQ=OFTEN | FREQ is DAILY, WEEKLY, MONTHLY or YEARLY",
        "FREQ=DAILY;FREQ=WEEKLY | FREQ is there more than once",
        "FREQ=DAILY;X-COLOUR=RED | X-COLOUR is no part of a rule",
        "FREQ=WEEKLY;BYDAY=XX | BYDAY knows the days MO, TU",
        "FREQ=WEEKLY;BYDAY=MO, | BYDAY is no list of days such as MO or -1FR",
        "FREQ=MONTHLY;BYDAY=0MO | BYDAY counts from 1, or from -1 backwards",
        "FREQ=WEEKLY;BYDAY=1MO | BYDAY has no numbers if FREQ is WEEKLY",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO | BYDAY has no numbers if FREQ is YEARLY with BYWEEKNO",
        "FREQ=DAILY;INTERVAL=0 | INTERVAL takes whole numbers from 1 to 999999999",
        "FREQ=DAILY;INTERVAL=9999999999 | INTERVAL takes whole numbers from 1 to 999999999",
        "FREQ=DAILY;BYHOUR=24 | BYHOUR takes whole numbers from 0 to 23",
        "FREQ=MONTHLY;BYMONTHDAY=0 | BYMONTHDAY counts from 1, or from -1 backwards",
        "FREQ=MONTHLY;BYYEARDAY=1 | BYYEARDAY does not go with FREQ=MONTHLY",
        "FREQ=WEEKLY;BYWEEKNO=1 | BYWEEKNO does not go with FREQ=WEEKLY",
        "FREQ=WEEKLY;BYMONTHDAY=1 | BYMONTHDAY does not go with FREQ=WEEKLY",
        "FREQ=MONTHLY;BYSETPOS=1 | BYSETPOS needs another BY... part",
        "FREQ=DAILY;COUNT=2;UNTIL=20301231T235959Z | COUNT and UNTIL exclude each other",
        "RSCALE=ISLAMIC-CIVIL;FREQ=DAILY | must not have RSCALE=ISLAMIC-CIVIL: a task recurs by the Gregorian calendar",
        "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD | must not have SKIP=FORWARD: a day that a month does not have is left out",
        "FREQ=MONTHLY;SKIP=OMIT | must not have SKIP=OMIT",
        "FREQ=DA\u0131LY | it has characters that no rule has",
        "FREQ=WEEKLY;BYDAY=\u017FU | it has characters that no rule has",
        "'FREQ=DAILY\n' | it has characters that no rule has",
        "FREQ=DAILY;BYHOUR=8,9;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48 | must name at most 96 times a day with BYHOUR, BYMINUTE and BYSECOND; this names 98",
        "FREQ=SECONDLY | must not recur SECONDLY: FREQ is DAILY, WEEKLY, MONTHLY or YEARLY",
        "FREQ=MINUTELY;INTERVAL=5 | must not recur MINUTELY",
        "FREQ=HOURLY | must not recur HOURLY",
        "FREQ=DAILY;COUNT=10001 | must have a COUNT of at most 10000, or none",
        "FREQ=DAILY;UNTIL=20301231 | must have an UNTIL in UTC, such as 20301231T235959Z",
        "FREQ=DAILY;UNTIL=20309901T000000Z | must have an UNTIL that is a time of the calendar",
        "FREQ=DAILY;UNTIL=20301231T235959 | must have an UNTIL in UTC"
      })
  void refusesWhatIsNoneAndSaysWhatToWrite(String text, String message) {
    assertThatThrownBy(() -> Recurrence.of(text))
        .isInstanceOf(InvalidRecurrence.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesATextThatIsTooLong() {
    assertThatThrownBy(() -> Recurrence.of("FREQ=DAILY;X-A=" + "x".repeat(500)))
        .hasMessage("must have at most 500 characters");
  }
}
