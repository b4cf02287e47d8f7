package io.eventagents.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.env.Environment;

/**
 * Limits of how long the pool's connections wait for PostgreSQL. Parameters in the URL and Spring
 * Boot's settings of the same names win over these.
 */
final class ConnectionDefaults {

  private static final String PROPERTIES = "spring.datasource.hikari.data-source-properties.";

  private ConnectionDefaults() {}

  /** None for any other database: its driver may refuse what it does not know. */
  static Map<String, Object> of(Environment environment) {
    if (!environment.getProperty("spring.datasource.url", "").startsWith("jdbc:postgresql:")) {
      return Map.of();
    }
    Map<String, Object> defaults = new LinkedHashMap<>();
    defaults.put(PROPERTIES + "connectTimeout", "10");
    // Longer than any statement of a request or an event takes; longer ones use LongStatements.
    defaults.put(PROPERTIES + "socketTimeout", "60");
    defaults.put(PROPERTIES + "cancelSignalTimeout", "10");
    defaults.put(PROPERTIES + "tcpKeepAlive", "true");
    // The server, too, notices within a minute that a host is gone, and releases its locks.
    defaults.put(
        "spring.datasource.hikari.connection-init-sql",
        "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10;"
            + " SET tcp_keepalives_count = 3; SET tcp_user_timeout = 60000");
    return defaults;
  }
}
