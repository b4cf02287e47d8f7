package io.eventagents.test.catalog;

import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What a schema allows at one place.
 *
 * @param schema with references followed
 * @param type JSON's, or {@link #ANY}
 * @param orNull whether null as well
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

  /** What the schema says of texts and numbers beyond their type; empty if nothing. */
  String format() {
    return schema.path("format").asString("") + schema.path("contentEncoding").asString("");
  }

  /** The only values; empty if any is allowed. */
  Set<String> values() {
    Set<String> values = new TreeSet<>();
    schema.path("enum").values().forEach(value -> values.add(value.asString()));
    if (schema.has("const")) {
      values.add(schema.path("const").asString());
    }
    return values;
  }

  /** For a message. */
  String words() {
    String name = type.equals("object") && schema.has("additionalProperties") ? "map" : type;
    String format = format();
    return name
        + (format.isEmpty() ? "" : " (" + format + ")")
        + (values().isEmpty() ? "" : " (one of " + String.join(", ", values()) + ")")
        + (orNull ? " or null" : "");
  }
}
