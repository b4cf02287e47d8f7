package io.eventagents.orchestrator;

import io.eventagents.orchestrator.TaskRejection.FieldError;
import io.eventagents.orchestrator.TaskRejection.InvalidInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The members of a JSON object, strictly: one object and nothing after it, each name once. It has a
 * mapper of its own, so that no setting of the process it runs in makes it tolerant.
 */
record JsonObject(Map<String, JsonNode> members) {

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Reads it.
   *
   * @param what is read, for messages: the body, or a line of it
   * @throws InvalidInput where it is no JSON, no object, or has a member twice
   */
  static JsonObject read(byte[] text, String what) {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    List<FieldError> repeated = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new InvalidInput("The " + what + " is empty; a JSON object is expected.");
      }
      if (first != JsonToken.START_OBJECT) {
        throw new InvalidInput("The " + what + " must be a JSON object.");
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (members.put(name, parser.readValueAsTree()) != null) {
          repeated.add(new FieldError(name, "is there more than once"));
        }
      }
      if (parser.nextToken() != null) {
        throw new InvalidInput("The " + what + " must be one JSON object, with nothing after it.");
      }
    } catch (JacksonException broken) {
      throw new InvalidInput("The " + what + " is no well-formed JSON" + where(broken) + ".");
    }
    if (!repeated.isEmpty()) {
      throw new InvalidInput(repeated);
    }
    return new JsonObject(members);
  }

  private static String where(JacksonException broken) {
    TokenStreamLocation at = broken.getLocation();
    if (at == null) {
      return "";
    }
    // A line of many is read alone, and would always be the first.
    String line = at.getLineNr() == 1 ? "" : "line " + at.getLineNr() + ", ";
    return ": see " + line + "column " + at.getColumnNr();
  }
}
