package io.eventagents.web;

import java.util.regex.Pattern;
import org.springframework.boot.security.autoconfigure.SecurityProperties;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * The user of {@code spring.security.user.*}.
 *
 * <p>Spring Boot has the same, but not beside a token issuer, and as a service that also changes
 * passwords: the first login would turn a plain one into a slow hash, and with HTTP Basic every
 * later request would compute it.
 */
final class ConfiguredUser implements UserDetailsService {

  private static final Pattern ENCODED = Pattern.compile("\\{.+}.*", Pattern.DOTALL);

  private final SecurityProperties.User user;
  private final String password;

  ConfiguredUser(SecurityProperties properties, boolean passwordEncoderDefined) {
    user = properties.getUser();
    password =
        passwordEncoderDefined || ENCODED.matcher(user.getPassword()).matches()
            ? user.getPassword()
            : "{noop}" + user.getPassword();
  }

  @Override
  public UserDetails loadUserByUsername(String username) {
    if (!username.equals(user.getName())) {
      throw new UsernameNotFoundException("Unknown user");
    }
    return User.withUsername(user.getName())
        .password(password)
        .roles(user.getRoles().toArray(String[]::new))
        .build();
  }
}
