package io.eventagents.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.EventTime;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTimeTests {

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
      assertThat(EventTime.read(WireTime.format(time))).isEqualTo(time);
    }
  }
}
