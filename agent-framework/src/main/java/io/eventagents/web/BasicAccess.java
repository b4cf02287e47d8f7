package io.eventagents.web;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;

/** A user and password with every request. */
@Order(1)
final class BasicAccess implements HttpAccess {

  private final boolean used;

  BasicAccess(
      ObjectProvider<UserDetailsService> users,
      ObjectProvider<AuthenticationProvider> providers,
      ObjectProvider<AuthenticationManager> managers) {
    used =
        users.stream().findAny().isPresent()
            || providers.stream().findAny().isPresent()
            || managers.stream().anyMatch(manager -> !(manager instanceof OpenAccess));
  }

  @Override
  public String challenge() {
    return used ? "Basic realm=\"Event Agents\", charset=\"UTF-8\"" : "";
  }

  @Override
  public void open(HttpSecurity http, ProblemAccess problems) {
    http.httpBasic(basic -> basic.authenticationEntryPoint(problems));
  }
}
