package io.eventagents.audit.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.TestingAuthenticationToken;

class ViewerTests {

  @ParameterizedTest
  @ValueSource(strings = {"audit-personal", "ROLE_audit-personal", "SCOPE_audit-personal"})
  void seesPersonalDataByRoleScopeOrAuthority(String authority) {
    assertThat(Viewer.of(by("olga", authority), false)).isEqualTo(new Viewer("olga", true));
  }

  @Test
  void seesNoPersonalDataWithoutTheRightWhateverTheSetting() {
    assertThat(Viewer.of(by("kim", "ROLE_USER"), true)).isEqualTo(new Viewer("kim", false));
  }

  @Test
  void isDecidedByASettingIfNobodyLogsIn() {
    assertThat(Viewer.of(new MockHttpServletRequest(), true).seesPersonal()).isTrue();
    assertThat(Viewer.of(new MockHttpServletRequest(), false).seesPersonal()).isFalse();
  }

  private static MockHttpServletRequest by(String name, String authority) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setUserPrincipal(new TestingAuthenticationToken(name, "", authority));
    return request;
  }
}
