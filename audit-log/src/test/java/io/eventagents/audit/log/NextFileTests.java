package io.eventagents.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextFileTests {

  @ParameterizedTest
  @CsvSource({
    // A day goes by, or several.
    "2025-01-15, 2025-01-15T23:00:00Z, 2025-01-15, 2025-01-15",
    "2025-01-15, 2025-01-15T23:00:00Z, 2025-01-16, 2025-01-16",
    "2025-01-15, 2025-01-15T23:00:00Z, 2025-02-01, 2025-02-01",
    // The clock steps back, or was a little ahead: it catches up.
    "2025-01-16, 2025-01-16T00:00:01Z, 2025-01-15, 2025-01-16",
    "2025-01-22, 2025-01-22T00:00:01Z, 2025-01-15, 2025-01-22",
    "2025-01-22, 2025-01-15T00:00:01Z, 2025-01-16, 2025-01-22",
    // It was far ahead: the file of that day ends, and each day has one.
    "2031-06-01, 2031-06-01T12:00:00Z, 2025-01-15, 2031-06-02",
    "2031-06-02, 2025-01-15T12:00:00Z, 2025-01-15, 2031-06-02",
    "2031-06-02, 2025-01-15T12:00:00Z, 2025-01-16, 2031-06-03",
    "2031-06-02, 2025-01-15T00:01:00Z, 2025-01-14, 2031-06-02",
    // Once the clock comes to such a day, days are named after themselves again.
    "2031-06-03, 2025-01-16T12:00:00Z, 2031-06-04, 2031-06-04",
    // There is no name behind the last.
    "9999-12-31, 9999-12-31T12:00:00Z, 2025-01-15, 9999-12-31",
    // No such day.
    "2025-99-99, 2025-01-15T12:00:00Z, 2025-01-16, 2025-99-99"
  })
  void aBatchGoesTo(String newest, Instant lastLogged, LocalDate today, String expected) {
    assertThat(NextFile.of("audit-" + newest + ".jsonl", lastLogged, today))
        .isEqualTo("audit-" + expected + ".jsonl");
  }
}
