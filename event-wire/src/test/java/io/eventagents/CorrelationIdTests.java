package io.eventagents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationIdTests {

  @ParameterizedTest
  @ValueSource(strings = {"a", "req-abc-123", "AZaz09._:-"})
  void takesLettersDigitsAndAFewSigns(String value) {
    assertThat(new CorrelationId(value).value()).isEqualTo(value);
  }

  @Test
  void takesUpTo128Characters() {
    assertThat(CorrelationId.isWellFormed("x".repeat(128))).isTrue();
    assertThat(CorrelationId.isWellFormed("x".repeat(129))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a/b", "a\n", "é", "a@", "[", "`", "{", "٣", "a;b"})
  void refusesTheRest(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new CorrelationId(value));
  }
}
