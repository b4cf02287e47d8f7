package io.eventagents.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.security.autoconfigure.SecurityProperties;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;

class ConfiguredUserTests {

  private final List<CharSequence> checked = new ArrayList<>();

  @Test
  void costsTheSameWhetherTheNameIsWrongOrThePassword() {
    ConfiguredUser user = new ConfiguredUser(properties(), new Counting());

    refuses(user, "eve", "s3cret");
    refuses(user, "eve", "wrong");
    refuses(user, "ada", "wrong");
    refuses(user, "", "");

    assertThat(checked).hasSize(4);
  }

  @Test
  void checksASlowPasswordOnce() {
    ConfiguredUser user = new ConfiguredUser(properties(), new Counting());

    for (int i = 0; i < 5; i++) {
      assertThat(authenticate(user, "ada", "s3cret").isAuthenticated()).isTrue();
    }
    assertThat(checked).hasSize(1);

    refuses(user, "eve", "s3cret");
    refuses(user, "ada", "wrong");
    assertThat(checked).hasSize(3);
  }

  @Test
  void tellsNameAndPasswordApart() {
    ConfiguredUser user = new ConfiguredUser(properties(), null);

    assertThat(authenticate(user, "ada", "s3cret").getAuthorities())
        .extracting(Object::toString)
        .containsExactly("ROLE_OPERATOR");
    refuses(user, "adas", "3cret");
    refuses(user, "", "adas3cret");
    refuses(user, "ada", "s3cret ");
  }

  private static void refuses(ConfiguredUser user, String name, String password) {
    assertThatThrownBy(() -> authenticate(user, name, password))
        .isInstanceOf(BadCredentialsException.class)
        .hasMessage("Wrong user or password");
  }

  private static Authentication authenticate(ConfiguredUser user, String name, String password) {
    return user.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(name, password));
  }

  private static SecurityProperties properties() {
    SecurityProperties properties = new SecurityProperties();
    properties.getUser().setName("ada");
    properties.getUser().setPassword("s3cret");
    properties.getUser().setRoles(List.of("OPERATOR"));
    return properties;
  }

  private final class Counting implements PasswordEncoder {

    @Override
    public @Nullable String encode(@Nullable CharSequence password) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String encoded) {
      checked.add(String.valueOf(password));
      return String.valueOf(password).equals(encoded);
    }
  }
}
