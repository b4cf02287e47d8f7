package io.eventagents.audit.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.TestingAuthenticationToken;

class ErasureControllerTests {

  @ParameterizedTest
  @ValueSource(strings = {"audit-erase", "ROLE_audit-erase", "SCOPE_audit-erase"})
  void letsUsersWithTheRightErase(String authority) {
    assertThat(ErasureController.mayErase(new TestingAuthenticationToken("olga", "", authority)))
        .isTrue();
  }

  @Test
  void letsNobodyElseErase() {
    assertThat(ErasureController.mayErase(new TestingAuthenticationToken("kim", "", "ROLE_USER")))
        .isFalse();
    assertThat(ErasureController.mayErase(() -> "kim")).isFalse();
  }

  @Test
  void asksNobodyIfThereAreNoUsers() {
    assertThat(ErasureController.mayErase(null)).isTrue();
  }
}
