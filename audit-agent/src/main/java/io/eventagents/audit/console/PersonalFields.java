package io.eventagents.audit.console;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which parts of a value are personal, by its JSON Schema: {@code "x-personal": true} marks a value
 * with everything in it.
 *
 * @param schema of the value
 * @param document the document that contains the schema
 */
record PersonalFields(JsonNode schema, JsonNode document) {

  /** Nothing is personal. */
  static final PersonalFields NONE =
      new PersonalFields(JsonMapper.shared().missingNode(), JsonMapper.shared().missingNode());

  private static final String MARK = "x-personal";

  /** References may lead to further references, and a schema may have a circle of them. */
  private static final int MOST_REFERENCES = 16;

  /** The personal fields of the data of an event, by the schema of the whole event. */
  static PersonalFields ofData(JsonNode schema) {
    return schema.findValue(MARK) == null
        ? NONE
        : new PersonalFields(schema.path("properties").path("data"), schema);
  }

  boolean isEmpty() {
    return schema.isMissingNode();
  }

  /** Whether the whole value is personal. */
  boolean all() {
    JsonNode described = schema;
    for (int i = 0; i < MOST_REFERENCES; i++) {
      if (described.path(MARK).asBoolean(false)) {
        return true;
      }
      if (!described.has("$ref")) {
        return false;
      }
      described = referred(described);
    }
    return false;
  }

  /** The personal fields of a field of the value. */
  PersonalFields of(String field) {
    JsonNode described = described();
    JsonNode own = described.path("properties").path(field);
    return own.isMissingNode() ? part(described.path("additionalProperties")) : part(own);
  }

  /** The personal fields of the elements of the value. */
  PersonalFields ofElements() {
    return part(described().path("items"));
  }

  private PersonalFields part(JsonNode part) {
    return part.isObject() ? new PersonalFields(part, document) : NONE;
  }

  private JsonNode described() {
    JsonNode described = schema;
    for (int i = 0; i < MOST_REFERENCES && described.has("$ref"); i++) {
      described = referred(described);
    }
    return described;
  }

  private JsonNode referred(JsonNode from) {
    String reference = from.path("$ref").asString("");
    return reference.startsWith("#/") ? document.at(reference.substring(1)) : NONE.schema();
  }
}
