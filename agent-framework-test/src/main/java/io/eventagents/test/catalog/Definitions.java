package io.eventagents.test.catalog;

import io.eventagents.wire.EventJson;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.node.ObjectNode;

/** The records within a payload, by the names that refer to them. */
final class Definitions {

  /** Where they are in the schema of an event. */
  static final String KEYWORD = "$defs";

  private final Map<JavaType, String> names = new HashMap<>();
  private final ObjectNode schemas = EventJson.mapper().createObjectNode();

  /** What this record is referred to by; described when it is first asked for. */
  String nameOf(JavaType type) {
    String known = names.get(type);
    if (known != null) {
      return known;
    }
    String simple = type.getRawClass().getSimpleName();
    String name = simple;
    for (int other = 2; schemas.has(name); other++) {
      name = simple + other;
    }
    names.put(type, name);
    // Registered before it is filled: a record may hold others of its kind.
    RecordSchema.describe(type, schemas.putObject(name), this);
    return name;
  }

  ObjectNode schemas() {
    return schemas;
  }
}
