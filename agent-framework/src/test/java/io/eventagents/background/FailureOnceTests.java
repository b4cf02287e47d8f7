package io.eventagents.background;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureOnceTests {

  private final FailureOnce failing = new FailureOnce();

  @Test
  void tellsTheFirstFailureAndTheFirstSuccessAfterIt() {
    assertThat(failing.ends()).isFalse();
    assertThat(failing.begins()).isTrue();
    assertThat(failing.begins()).isFalse();
    assertThat(failing.ends()).isTrue();
    assertThat(failing.ends()).isFalse();
    assertThat(failing.begins()).isTrue();
  }
}
