package io.eventagents.test.catalog;

import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The values that a schema allows in one place.
 *
 * @param schema the schema, with references resolved
 * @param type the JSON type, or {@link #ANY}
 * @param orNull whether null is also allowed
 */
record Alternatives(JsonNode schema, String type, boolean orNull) {

  static final String ANY = "anything";

  static Alternatives of(JsonNode schema, JsonNode root) {
    if (schema.has("$ref")) {
      return of(root.at(schema.path("$ref").asString().substring(1)), root);
    }
    if (schema.has("anyOf")) {
      return of(schema.path("anyOf").path(0), root).withNull();
    }
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      return new Alternatives(schema, type.path(0).asString(), true);
    }
    if (type.isMissingNode()) {
      return new Alternatives(schema, schema.has("const") ? "string" : ANY, false);
    }
    return new Alternatives(schema, type.asString(), false);
  }

  private Alternatives withNull() {
    return new Alternatives(schema, type, true);
  }

  /** The format of texts and numbers; empty if there is none. */
  String format() {
    return schema.path("format").asString("") + schema.path("contentEncoding").asString("");
  }

  /** The only values allowed; empty if all are. */
  Set<String> values() {
    Set<String> values = new TreeSet<>();
    schema.path("enum").values().forEach(value -> values.add(value.asString()));
    if (schema.has("const")) {
      values.add(schema.path("const").asString());
    }
    return values;
  }

  /** A description for messages. */
  String words() {
    String name = type.equals("object") && schema.has("additionalProperties") ? "map" : type;
    String format = format();
    return name
        + (format.isEmpty() ? "" : " (" + format + ")")
        + (values().isEmpty() ? "" : " (one of " + String.join(", ", values()) + ")")
        + (orNull ? " or null" : "");
  }
}
