package io.eventagents.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTimeTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2025-01-15T14:30:22.456Z",
        "2025-01-15T14:30:22Z",
        "2025-01-15T14:30:22.4Z",
        "2025-01-15T14:30:22.456789Z",
        "2025-01-15T14:30:22.456789123Z",
        "2024-02-29T23:59:59.999999999Z",
        "0000-01-01T00:00:00Z",
        "1969-12-31T23:59:59.001Z",
        "2025-01-15T14:30Z",
        "2025-01-15t14:30:22z",
        "2025-01-15T14:30:22.456+05:30",
        "2025-01-15T14:30:22-08:00",
        "+12025-01-15T14:30:22Z"
      })
  void readsWhatTheFormatterReads(String text) {
    assertThat(WireTime.parse(text)).isEqualTo(OffsetDateTime.parse(text).toInstant());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2025-01-15",
        "2025-01-15T14:30:22",
        "2025-01-15 14:30:22Z",
        "2025-02-30T14:30:22Z",
        "2025-13-01T14:30:22Z",
        "2025-01-15T24:30:22Z",
        "2025-01-15T14:60:22Z",
        "2025-01-15T14:30:60Z",
        "2025-01-15T14:30:22,456Z",
        "2025-01-15T14:30:22.45xZ",
        "2025-01-15T14:30:22.1234567890Z",
        "2025-01-15T14:30:٢٢Z",
        "not a time that is longer than one Z"
      })
  void refusesWhatTheFormatterRefuses(String text) {
    assertThatThrownBy(() -> OffsetDateTime.parse(text)).isInstanceOf(DateTimeException.class);

    assertThatThrownBy(() -> WireTime.parse(text)).isInstanceOf(DateTimeException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2025-01-15T14:30:22Z",
        "2025-01-15T14:30:22.007Z",
        "2025-01-15T14:30:22.000007Z",
        "0009-01-05T04:03:02.100Z",
        "1969-12-31T23:59:59.999Z",
        "+12025-01-15T14:30:22Z",
        "-0001-01-15T14:30:22Z"
      })
  void writesAsInstantsDo(String text) {
    assertThat(WireTime.format(Instant.parse(text))).isEqualTo(Instant.parse(text).toString());
  }

  @Test
  void readsWhatItWrote() {
    Random random = new Random(20250115);
    for (int n = 0; n < 1000; n++) {
      Instant time = Instant.ofEpochMilli(random.nextLong(-1L << 45, 1L << 47));

      assertThat(WireTime.format(time)).isEqualTo(time.toString());
      assertThat(WireTime.parse(WireTime.format(time))).isEqualTo(time);
    }
  }
}
