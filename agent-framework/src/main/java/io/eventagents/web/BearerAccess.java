package io.eventagents.web;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationEntryPointFailureHandler;

/** A token of the configured issuer with every request. */
@Order(2)
final class BearerAccess implements HttpAccess {

  private final @Nullable JwtDecoder decoder;
  private final @Nullable OpaqueTokenIntrospector introspector;
  private final IssuerGate gate;

  BearerAccess(@Nullable JwtDecoder decoder, @Nullable OpaqueTokenIntrospector introspector) {
    this.decoder = decoder;
    this.introspector = introspector;
    this.gate = new IssuerGate(BearerAccess::isUnavailable, System::nanoTime);
  }

  private static boolean isUnavailable(RuntimeException failure) {
    return failure instanceof JwtDecoderInitializationException
        || (failure instanceof JwtException && !(failure instanceof BadJwtException))
        || (failure instanceof OAuth2IntrospectionException
            && !(failure instanceof BadOpaqueTokenException));
  }

  @Override
  public String challenge() {
    return decoder != null || introspector != null ? "Bearer" : "";
  }

  @Override
  public String challenge(@Nullable AuthenticationException failure) {
    return failure instanceof OAuth2AuthenticationException
        ? "Bearer error=\"invalid_token\""
        : challenge();
  }

  @Override
  public void open(HttpSecurity http, ProblemAccess problems) {
    http.oauth2ResourceServer(
        server -> {
          server.authenticationEntryPoint(problems).accessDeniedHandler(problems);
          JwtDecoder jwts = decoder;
          OpaqueTokenIntrospector others = introspector;
          if (jwts != null) {
            server.jwt(jwt -> jwt.decoder(token -> gate.ask(() -> jwts.decode(token))));
          } else if (others != null) {
            server.opaqueToken(
                opaque -> opaque.introspector(token -> gate.ask(() -> others.introspect(token))));
          }
          server.withObjectPostProcessor(new FailuresAnswered(problems));
        });
  }

  /** Without it, an issuer that cannot be asked would be an error of the application. */
  private record FailuresAnswered(ProblemAccess problems)
      implements ObjectPostProcessor<BearerTokenAuthenticationFilter> {

    @Override
    public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
      AuthenticationEntryPointFailureHandler handler =
          new AuthenticationEntryPointFailureHandler(problems);
      handler.setRethrowAuthenticationServiceException(false);
      filter.setAuthenticationFailureHandler(handler);
      return filter;
    }
  }
}
