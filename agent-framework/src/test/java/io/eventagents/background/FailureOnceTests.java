package io.eventagents.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FailureOnceTests {

  private final AtomicInteger over = new AtomicInteger();
  private final FailureOnce failing = new FailureOnce(over::incrementAndGet);

  @Test
  void tellsTheFirstFailureAndReportsTheFirstSuccessAfterIt() {
    failing.ends();
    assertThat(failing.begins()).isTrue();
    assertThat(failing.begins()).isFalse();
    assertThat(over).hasValue(0);

    failing.ends();
    failing.ends();
    assertThat(over).hasValue(1);
    assertThat(failing.begins()).isTrue();
  }
}
