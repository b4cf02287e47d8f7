package io.eventagents.autoconfigure;

import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the framework keeps its tables.
 *
 * @param schema the PostgreSQL schema of inbox and outbox, {@code event_agents} by default; one of
 *     its own for each application that shares a database with others. It is created if it is
 *     missing
 */
@ConfigurationProperties("event-agents.database")
record DatabaseProperties(@DefaultValue("event_agents") String schema) {

  private static final Pattern SCHEMA = Pattern.compile("(?!pg_)[a-z_][a-z0-9_]{0,62}");

  DatabaseProperties {
    if (!SCHEMA.matcher(schema).matches()) {
      throw new IllegalArgumentException(
          "event-agents.database.schema is '%s': set 1 to 63 characters of a-z 0-9 _, no digit first and not pg_"
              .formatted(schema));
    }
  }
}
