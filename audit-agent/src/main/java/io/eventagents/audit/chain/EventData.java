package io.eventagents.audit.chain;

import io.eventagents.audit.index.OutlinedEvent;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the data of an event, if they are JSON. */
final class EventData {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Reads a field that others follow. */
  private static final ObjectReader FIELD =
      JSON.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private EventData() {}

  /**
   * The data; of data that were cut, as those of large events are, the fields before the cut. A
   * missing node if there are none, or they cannot be read.
   */
  static JsonNode of(OutlinedEvent event) {
    String data = event.data();
    if (data == null) {
      return JSON.missingNode();
    }
    try {
      return JSON.readTree(data);
    } catch (JacksonException cut) {
      return begin(data);
    }
  }

  private static JsonNode begin(String data) {
    ObjectNode fields = JSON.createObjectNode();
    try (JsonParser parser = JSON.createParser(data)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          fields.set(name, FIELD.readTree(parser));
        }
      }
    } catch (JacksonException cut) {
      // The fields that were read are complete.
    }
    return fields.isEmpty() ? JSON.missingNode() : fields;
  }
}
