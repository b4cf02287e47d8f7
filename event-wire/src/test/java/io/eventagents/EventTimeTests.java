package io.eventagents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2025-01-15T14:30:22.456Z",
        "2025-01-15T14:30:22Z",
        "2025-01-15T14:30:22.4Z",
        "2025-01-15T14:30:22.456789Z",
        "2025-01-15T14:30:22.456789123Z",
        "2024-02-29T23:59:59.999999999Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z",
        "1969-12-31T23:59:59.001Z",
        "2025-01-15T14:30Z",
        "2025-01-15t14:30:22z",
        "2025-01-15T14:30:22.456+05:30",
        "2025-01-15T14:30:22-08:00",
        "2025-01-15T14:30:22+18:00",
        "2025-01-15T14:30:22+01:00:30",
        "2025-01-15T14:30:22-00:00",
        "0000-12-31T23:00:00-02:00",
        "9999-12-31T23:59:59+00:00"
      })
  void readsWhatTheFormatterReads(String text) {
    assertThat(EventTime.read(text)).isEqualTo(OffsetDateTime.parse(text).toInstant());
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-29T12:00+00,                2026-11-29T12:00:00Z",
    "2026-11-29T12:00:00+0000,           2026-11-29T12:00:00Z",
    "2026-11-29T12:00:00-0330,           2026-11-29T15:30:00Z",
    "2026-11-29T12:00:00+05,             2026-11-29T07:00:00Z",
    "2026-11-29T12:00:00+235959,         2026-11-28T12:00:01Z",
    "2026-11-29 12:00:00Z,               2026-11-29T12:00:00Z",
    "2026-11-29 12:00:00.5 +0100,        2026-11-29T11:00:00.5Z",
    "2026-11-29 12:00:00 Z,              2026-11-29T12:00:00Z",
    "'2026-11-29T12:00:00,123Z',         2026-11-29T12:00:00.123Z",
    "2026-11-29T12:00:00.1234567899Z,    2026-11-29T12:00:00.123456789Z",
    "20261129T120000Z,                   2026-11-29T12:00:00Z",
    "20261129T120000.25+0100,            2026-11-29T11:00:00.25Z",
    "20261129T1200Z,                     2026-11-29T12:00:00Z",
    "2026-11-29T120000Z,                 2026-11-29T12:00:00Z",
    "2026-11-29T24:00:00Z,               2026-11-30T00:00:00Z",
    "2026-11-29T24:00Z,                  2026-11-30T00:00:00Z",
    "2026-12-31T24:00:00.000+01:00,      2026-12-31T23:00:00Z",
    "2016-12-31T23:59:60Z,               2016-12-31T23:59:59Z",
    "2016-12-31T23:59:60.5Z,             2016-12-31T23:59:59.5Z",
    "2017-01-01T00:59:60+01:00,          2016-12-31T23:59:59Z",
    "9999-12-31T23:59:59.9999999Z,       9999-12-31T23:59:59.999999Z",
    "9999-12-31T18:59:59.9999999-05:00,  9999-12-31T23:59:59.999999Z"
  })
  void readsTheCommonFormsOfIso8601(String text, Instant expected) {
    assertThat(EventTime.read(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2025-01-15",
        "2025-01-15T14Z",
        "2025-01-15T14:30:22",
        "2025-01-15T14:30:22.5",
        "2025-01-15T14:30:22 UTC",
        "2025-01-15T14:30:22.Z",
        "2025-01-15T14:30.5Z",
        "2025-01-15T14:3:22Z",
        "2025-1-15T14:30:22Z",
        "2025-0115T14:30:22Z",
        "202501-15T14:30:22Z",
        "2025-02-30T14:30:22Z",
        "2023-02-29T14:30:22Z",
        "2025-00-10T14:30:22Z",
        "2025-13-01T14:30:22Z",
        "2025-01-00T14:30:22Z",
        "2025-01-15T24:30:22Z",
        "2025-01-15T24:00:00.1Z",
        "2025-01-15T25:00:00Z",
        "2025-01-15T14:60:22Z",
        "2025-01-15T14:30:60Z",
        "2025-01-15T23:59:60+01:00",
        "2025-01-15T23:59:61Z",
        "2025-01-15T14:30:22.45xZ",
        "2025-01-15T14:30:22ZZ",
        "2025-01-15T14:30:22Z ",
        "2025-01-15T14:30:22+24:00",
        "2025-01-15T14:30:22+01:60",
        "2025-01-15T14:30:22+1",
        "2025-01-15T14:30:22+01:0",
        "2025-01-15T14:30:22+",
        "2025-01-15  14:30:22Z",
        "2025-01-15T14:30:\u0662\u0662Z",
        "1736951422456",
        "not a time that is longer than one Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-18:00",
        "9999-12-31T24:00:00Z",
        "+10000-01-01T00:00:00Z",
        "+12025-01-15T14:30:22Z",
        "-0001-01-15T14:30:22Z"
      })
  void readsNothingElse(String text) {
    assertThat(EventTime.read(text)).isNull();
  }

  @Test
  void readsAFractionOfAnyLengthInOnePass() {
    String text = "2025-01-15T14:30:22." + "1".repeat(1_000_000) + "Z";

    assertThat(EventTime.read(text)).isEqualTo("2025-01-15T14:30:22.111111111Z");
  }

  @Test
  void everyPartOfATimeIsNoTime() {
    String text = "2025-01-15T14:30:22.456+01:00";
    for (int length = 0; length < text.length(); length++) {
      String part = text.substring(0, length);

      assertThat(EventTime.read(part))
          .isEqualTo(part.endsWith("+01") ? EventTime.read(text) : null);
    }
  }
}
