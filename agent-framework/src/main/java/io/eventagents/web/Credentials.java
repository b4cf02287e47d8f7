package io.eventagents.web;

import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** What the settings say about who may log in. */
public final class Credentials {

  static final String USER = "spring.security.user.name";
  static final String PASSWORD = "spring.security.user.password";
  static final String ISSUER = "spring.security.oauth2.resourceserver.jwt.issuer-uri";

  private Credentials() {}

  /** Whether a user's password is set. */
  public static boolean password(Environment environment) {
    return has(environment, PASSWORD);
  }

  /** The setting that names who issues or checks tokens. */
  public static Optional<String> tokens(Environment environment) {
    return Stream.of(
            ISSUER,
            "spring.security.oauth2.resourceserver.jwt.jwk-set-uri",
            "spring.security.oauth2.resourceserver.jwt.public-key-location",
            "spring.security.oauth2.resourceserver.opaquetoken.introspection-uri")
        .filter(setting -> has(environment, setting))
        .findFirst();
  }

  static boolean has(Environment environment, String setting) {
    return StringUtils.hasText(environment.getProperty(setting));
  }
}
