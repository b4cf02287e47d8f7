package io.eventagents.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.TestingAuthenticationToken;

class CallerTests {

  @ParameterizedTest
  @ValueSource(strings = {"refund", "ROLE_refund", "SCOPE_refund"})
  void hasARightByRoleScopeOrAuthority(String authority) {
    Caller olga = Caller.of(new TestingAuthenticationToken("olga", "", "other", authority));

    assertThat(olga.name()).isEqualTo("olga");
    assertThat(olga.has("refund")).isTrue();
    assertThat(olga.has("ROLE_refund")).isEqualTo(authority.equals("ROLE_refund"));
    assertThat(olga.has("cancel")).isFalse();
  }

  @Test
  void hasNoneWithoutAuthorities() {
    assertThat(Caller.of(() -> "kim").has("refund")).isFalse();
    assertThat(Caller.of(() -> "kim").isAnonymous()).isFalse();
  }

  @Test
  void isAnonymousIfNobodyLoggedIn() {
    Caller nobody = Caller.of(null);

    assertThat(nobody.isAnonymous()).isTrue();
    assertThat(nobody.name()).isEqualTo("anonymous");
    assertThat(nobody.has("refund")).isFalse();
  }
}
