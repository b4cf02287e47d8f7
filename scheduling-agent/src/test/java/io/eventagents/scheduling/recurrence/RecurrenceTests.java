package io.eventagents.scheduling.recurrence;

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
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;UNTIL=20501231T235959Z"
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
        "INTERVAL=2 | must be a rule of RFC 5545",
        "FREQ=WEEKLY;BYDAY=XX | must be a rule of RFC 5545",
        "FREQ=DAILY;INTERVAL=0 | must be a rule of RFC 5545",
        "FREQ=DAILY;COUNT=2;UNTIL=20301231T235959Z | must be a rule of RFC 5545",
        "FREQ=SECONDLY | must not recur SECONDLY: FREQ is DAILY, WEEKLY, MONTHLY or YEARLY",
        "FREQ=MINUTELY;INTERVAL=5 | must not recur MINUTELY",
        "FREQ=HOURLY | must not recur HOURLY",
        "FREQ=DAILY;BYMINUTE=0,30 | must not have BYMINUTE or BYSECOND",
        "FREQ=DAILY;COUNT=10001 | must have a COUNT of at most 10000, or none",
        "FREQ=DAILY;INTERVAL=99999999;BYMONTH=3;BYMONTHDAY=1 | must have an INTERVAL of at most 366",
        "FREQ=DAILY;UNTIL=20301231 | must have an UNTIL in UTC, such as 20301231T235959Z",
        "FREQ=DAILY;UNTIL=20309901T000000Z | must have an UNTIL that is a day of the calendar",
        "FREQ=DAILY;UNTIL=20301231T235959 | must have an UNTIL in UTC"
      })
  void refusesAnInvalidRuleAndSaysWhatToWrite(String text, String message) {
    assertThatThrownBy(() -> Recurrence.of(text))
        .isInstanceOf(InvalidRecurrence.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesARuleThatIsTooLong() {
    assertThatThrownBy(() -> Recurrence.of("FREQ=DAILY;X-A=" + "x".repeat(500)))
        .hasMessage("must have at most 500 characters");
  }
}
