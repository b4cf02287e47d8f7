package io.eventagents.web;

import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * Says that no user and no token issuer is configured, so that everybody who reaches the
 * application may do everything; it then listens on loopback only. As a service that knows no user
 * it also keeps Spring Boot from making one up, whose password it would log.
 */
final class OpenAccess implements UserDetailsService {

  @Override
  public UserDetails loadUserByUsername(String username) {
    throw new UsernameNotFoundException("No user is configured");
  }
}
