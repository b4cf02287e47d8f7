package io.eventagents.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.security.autoconfigure.SecurityProperties;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * The user of {@code spring.security.user.*}. Neither the answer nor its time tells whether the
 * name or the password is wrong.
 *
 * <p>Name and password are compared by a digest of both. An encoded password ({@code {bcrypt}...})
 * is slow to check, and with HTTP Basic each request has it. So the digest of what was right once
 * is kept, with a key that only this process has.
 */
final class ConfiguredUser implements AuthenticationProvider {

  private static final Pattern ENCODED = Pattern.compile("\\{.+}.*", Pattern.DOTALL);

  private final byte[] key = new byte[32];
  private final UserDetails user;
  private final byte[] name;
  private final String password;
  private final @Nullable PasswordEncoder encoder;
  private volatile byte @Nullable [] known;

  /**
   * @param encoder the application's own; null to choose one by the password's prefix
   */
  ConfiguredUser(SecurityProperties properties, @Nullable PasswordEncoder encoder) {
    new SecureRandom().nextBytes(key);
    SecurityProperties.User configured = properties.getUser();
    password = configured.getPassword();
    user =
        User.withUsername(configured.getName())
            .password("")
            .roles(configured.getRoles().toArray(String[]::new))
            .build();
    name = digest(configured.getName(), "");
    if (encoder == null && !ENCODED.matcher(password).matches()) {
      this.encoder = null;
      known = digest(configured.getName(), password);
    } else {
      this.encoder =
          encoder == null ? PasswordEncoderFactories.createDelegatingPasswordEncoder() : encoder;
    }
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }

  @Override
  public Authentication authenticate(Authentication authentication) {
    if (!isRight(authentication.getName(), String.valueOf(authentication.getCredentials()))) {
      throw new BadCredentialsException("Wrong user or password");
    }
    UsernamePasswordAuthenticationToken accepted =
        UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities());
    accepted.setDetails(authentication.getDetails());
    return accepted;
  }

  private boolean isRight(String givenName, String givenPassword) {
    byte[] given = digest(givenName, givenPassword);
    byte[] right = known;
    if (right != null && MessageDigest.isEqual(right, given)) {
      return true;
    }
    if (encoder == null) {
      return false;
    }
    // Check both in any case, or the time would tell whether the name is right.
    boolean isPassword = encoder.matches(givenPassword, password);
    boolean isName = MessageDigest.isEqual(name, digest(givenName, ""));
    boolean accepted = isPassword && isName;
    if (accepted) {
      known = given;
    }
    return accepted;
  }

  private byte[] digest(String first, String second) {
    byte[] bytes = first.getBytes(UTF_8);
    byte[] length = ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array();
    return Sha256.of(key, length, bytes, second.getBytes(UTF_8));
  }
}
