package io.eventagents.web;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Where Spring Boot's Actuator listens. */
public final class ManagementServer {

  private ManagementServer() {}

  /** Whether it is a separate server, with its own address. */
  public static boolean isSeparate(Environment environment) {
    @Nullable Integer port = port(environment, "management.server.port");
    if (port == null || port < 0) {
      return false;
    }
    Integer application = port(environment, "server.port");
    return port == 0 || port != (application == null ? 8080 : application);
  }

  private static @Nullable Integer port(Environment environment, String setting) {
    return Binder.get(environment).bind(setting, Integer.class).orElse(null);
  }
}
