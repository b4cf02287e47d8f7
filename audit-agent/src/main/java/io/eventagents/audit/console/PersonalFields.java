package io.eventagents.audit.console;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which parts of a value are personal, told by its JSON Schema: {@code "x-personal": true} marks
 * the value itself, whatever it holds.
 *
 * @param all whether all of it is
 * @param fields those of its fields that have personal parts
 * @param others of elements of an array, and of fields that have no name of their own; null where
 *     those have none
 */
record PersonalFields(
    boolean all, Map<String, PersonalFields> fields, @Nullable PersonalFields others) {

  static final PersonalFields NONE = new PersonalFields(false, Map.of(), null);

  private static final PersonalFields ALL = new PersonalFields(true, Map.of(), null);
  private static final String MARK = "x-personal";

  boolean isEmpty() {
    return !all && fields.isEmpty() && others == null;
  }

  PersonalFields of(String field) {
    PersonalFields own = fields.get(field);
    return own != null ? own : ofOthers();
  }

  PersonalFields ofOthers() {
    return others == null ? NONE : others;
  }

  /** Of the data of an event, by the schema of the whole event. */
  static PersonalFields ofData(JsonNode schema) {
    return read(schema.path("properties").path("data"), schema, new HashSet<>());
  }

  private static PersonalFields read(JsonNode schema, JsonNode document, Set<String> within) {
    if (schema.path(MARK).asBoolean(false)) {
      return ALL;
    }
    String reference = schema.path("$ref").asString("");
    if (reference.startsWith("#/")) {
      // A record within itself would go on for ever; its inner ones are then left as they are.
      if (!within.add(reference)) {
        return NONE;
      }
      PersonalFields referred = read(document.at(reference.substring(1)), document, within);
      within.remove(reference);
      return referred;
    }
    Map<String, PersonalFields> fields = new HashMap<>();
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              PersonalFields field = read(property.getValue(), document, within);
              if (!field.isEmpty()) {
                fields.put(property.getKey(), field);
              }
            });
    PersonalFields items = read(schema, "items", document, within);
    PersonalFields values = read(schema, "additionalProperties", document, within);
    PersonalFields others = items.isEmpty() ? values : items;
    return fields.isEmpty() && others.isEmpty()
        ? NONE
        : new PersonalFields(false, Map.copyOf(fields), others.isEmpty() ? null : others);
  }

  private static PersonalFields read(
      JsonNode schema, String keyword, JsonNode document, Set<String> within) {
    JsonNode inner = schema.path(keyword);
    return inner.isObject() ? read(inner, document, within) : NONE;
  }
}
