package io.eventagents;

import java.util.Set;
import org.springframework.core.env.Environment;

/**
 * Schemas on which, according to the operator, no instance of an older version works any more; each
 * with its version, such as {@code scheduling@1}. Once such a schema is upgraded, its entry means
 * nothing any more: an entry that is forgotten in a configuration does no harm at the next upgrade.
 *
 * @param schemas those schemas; {@code *} stands for all
 */
record NoOlderInstances(Set<String> schemas) {

  static final String SETTING = "event-agents.database.no-older-instances";

  private static final String ALL = "*";

  NoOlderInstances {
    schemas = Set.copyOf(schemas);
    for (String entry : schemas) {
      int at = entry.indexOf('@');
      if (!entry.equals(ALL) && (at <= 0 || at == entry.length() - 1)) {
        throw new IllegalArgumentException(
            "%s has '%s': name a schema and its version, such as scheduling@1"
                .formatted(SETTING, entry));
      }
    }
  }

  static NoOlderInstances of(Environment environment) {
    return new NoOlderInstances(
        Set.of(environment.getProperty(SETTING, String[].class, new String[0])));
  }

  boolean on(String schema, String version) {
    return schemas.contains(ALL) || schemas.contains(entry(schema, version));
  }

  static String entry(String schema, String version) {
    return schema + "@" + version;
  }
}
