package io.eventagents.web;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;

/**
 * Says that neither a user nor a token issuer is configured. Then everybody who reaches the
 * application may do everything, and it listens on loopback only. As a manager that accepts no
 * credentials it also keeps Spring Boot from generating a user, whose password it would log.
 */
final class OpenAccess implements AuthenticationManager {

  @Override
  public Authentication authenticate(Authentication authentication) {
    throw new BadCredentialsException("No user is configured");
  }
}
