package io.eventagents.web;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.AbstractConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Stops the start of an application that lets in everybody and would listen beyond loopback. It
 * checks when the server is created, before the application has touched anything else, and after
 * all other customizers, since they may set the address too.
 */
final class ExposureCheck
    implements WebServerFactoryCustomizer<AbstractConfigurableWebServerFactory>, Ordered {

  private final Environment environment;
  private final boolean securityPresent;

  ExposureCheck(Environment environment, boolean securityPresent) {
    this.environment = environment;
    this.securityPresent = securityPresent;
  }

  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public void customize(AbstractConfigurableWebServerFactory server) {
    checkHalfConfigured();
    check("server.address", server.getAddress(), server.getPort());
    if (ManagementServer.isSeparate(environment)) {
      check(
          "management.server.address",
          Binder.get(environment).bind("management.server.address", InetAddress.class).orElse(null),
          0);
    }
  }

  private void check(String setting, @Nullable InetAddress address, int port) {
    if (port < 0 || (address != null && address.isLoopbackAddress())) {
      return;
    }
    throw new ExposedException(
        "The application would listen on %s, beyond this machine (%s), and let in everybody: neither a user nor a token issuer is configured."
            .formatted(
                address == null ? "all addresses" : address.getHostAddress(),
                address == null ? "no " + setting : setting),
        (securityPresent
                ? ""
                : "Add the dependency org.springframework.boot:spring-boot-starter-security, then do"
                    + " as follows.\n\n")
            + waysOut(setting));
  }

  private static String waysOut(String setting) {
    return """
        Do one of these:

            - set a user: spring.security.user.name and spring.security.user.password
              (SPRING_SECURITY_USER_NAME and SPRING_SECURITY_USER_PASSWORD in the environment);
            - name the issuer of tokens: spring.security.oauth2.resourceserver.jwt.issuer-uri;
            - listen on this machine alone: leave %s out, or set it to 127.0.0.1."""
        .formatted(setting);
  }

  private void checkHalfConfigured() {
    Credentials.tokens(environment)
        .ifPresent(
            setting -> {
              throw new ExposedException(
                  setting + " is set, but this application cannot check tokens.",
                  "Add the dependency org.springframework.boot:"
                      + "spring-boot-starter-security-oauth2-resource-server, or remove the"
                      + " setting.");
            });
    if (Credentials.has(environment, Credentials.USER)
        || (!securityPresent && Credentials.password(environment))) {
      throw new ExposedException(
          securityPresent
              ? Credentials.USER + " is set without " + Credentials.PASSWORD + "."
              : "A user is configured, but this application cannot check passwords.",
          securityPresent
              ? "Set " + Credentials.PASSWORD + ", or remove " + Credentials.USER + "."
              : "Add the dependency org.springframework.boot:spring-boot-starter-security, or"
                  + " remove spring.security.user.*.");
    }
  }
}
