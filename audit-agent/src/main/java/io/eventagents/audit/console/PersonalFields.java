package io.eventagents.audit.console;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which parts of a value are personal, told by its JSON Schema: {@code "x-personal": true} marks
 * the value itself, whatever it holds.
 *
 * @param schema of the value
 * @param document which the schema is a part of
 */
record PersonalFields(JsonNode schema, JsonNode document) {

  /** Nothing is. */
  static final PersonalFields NONE =
      new PersonalFields(JsonMapper.shared().missingNode(), JsonMapper.shared().missingNode());

  private static final String MARK = "x-personal";

  /** References may lead on to references, and anybody can write a circle. */
  private static final int MOST_REFERENCES = 16;

  /** Of the data of an event, by the schema of the whole event. */
  static PersonalFields ofData(JsonNode schema) {
    return schema.findValue(MARK) == null
        ? NONE
        : new PersonalFields(schema.path("properties").path("data"), schema);
  }

  boolean isEmpty() {
    return schema.isMissingNode();
  }

  /** Whether all of the value is. */
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

  /** Of a field of the value. */
  PersonalFields of(String field) {
    JsonNode described = described();
    JsonNode own = described.path("properties").path(field);
    return own.isMissingNode() ? part(described.path("additionalProperties")) : part(own);
  }

  /** Of the elements of the value. */
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
