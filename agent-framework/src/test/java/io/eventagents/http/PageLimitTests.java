package io.eventagents.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class PageLimitTests {

  @Test
  void isFromOneToTheLargest() {
    assertThat(PageLimit.check(1, 500)).isEqualTo(1);
    assertThat(PageLimit.parse("500", 50, 500)).isEqualTo(500);
  }

  @ParameterizedTest
  @NullAndEmptySource
  void hasADefault(String limit) {
    assertThat(PageLimit.parse(limit, 50, 500)).isEqualTo(50);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 501})
  void isNoOtherNumber(int limit) {
    assertThatThrownBy(() -> PageLimit.check(limit, 500))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("limit must be a whole number from 1 to 500.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "501", "many", " 5", "99999999999"})
  void isNoOtherText(String limit) {
    assertThatThrownBy(() -> PageLimit.parse(limit, 50, 500))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("limit must be a whole number from 1 to 500.");
  }
}
