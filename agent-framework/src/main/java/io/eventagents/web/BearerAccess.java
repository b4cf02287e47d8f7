package io.eventagents.web;

import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/** A token of the configured issuer with every request. */
@Order(2)
final class BearerAccess implements HttpAccess {

  private final boolean jwt;
  private final boolean opaque;

  BearerAccess(boolean jwt, boolean opaque) {
    this.jwt = jwt;
    this.opaque = opaque;
  }

  @Override
  public String challenge() {
    return jwt || opaque ? "Bearer" : "";
  }

  @Override
  public void open(HttpSecurity http, ProblemAccess problems) {
    http.oauth2ResourceServer(
        server -> {
          server.authenticationEntryPoint(problems).accessDeniedHandler(problems);
          if (jwt) {
            server.jwt(Customizer.withDefaults());
          } else {
            server.opaqueToken(Customizer.withDefaults());
          }
        });
  }
}
