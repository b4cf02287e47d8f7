package io.eventagents.test.catalog;

import static io.eventagents.EventHeaders.CAUSATION_ID;
import static io.eventagents.EventHeaders.CORRELATION_ID;
import static io.eventagents.EventHeaders.EVENT_ID;
import static io.eventagents.EventHeaders.EVENT_TYPE;
import static io.eventagents.EventHeaders.SOURCE;

import io.eventagents.wire.EventJson;
import io.eventagents.wire.PayloadType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema of a whole event: the envelope with its data.
 *
 * @param json the schema, in draft 2020-12
 */
record EventSchema(JsonNode json) {

  private static final JsonMapper JSON =
      EventJson.mapper().rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * The schema of what the owner of this payload writes, or of what a reader with this view
   * expects.
   */
  static EventSchema of(PayloadType payload) {
    Definitions definitions = new Definitions();
    ObjectNode data = RecordSchema.of(payload.recordClass(), definitions);
    ObjectNode schema = JSON.createObjectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", payload.eventType());
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject(EVENT_ID).put("type", "string").put("format", "uuid");
    properties.putObject(EVENT_TYPE).put("const", payload.eventType());
    properties.putObject("occurred_at").put("type", "string").put("format", "date-time");
    properties.set("data", data);
    ObjectNode metadata = properties.putObject("metadata").put("type", "object");
    ObjectNode ids = metadata.putObject("properties");
    for (String id : new String[] {CORRELATION_ID, CAUSATION_ID, SOURCE}) {
      ids.putObject(id).put("type", "string");
    }
    metadata.putArray("required").add(CORRELATION_ID).add(CAUSATION_ID).add(SOURCE);
    schema
        .putArray("required")
        .add(EVENT_ID)
        .add(EVENT_TYPE)
        .add("occurred_at")
        .add("data")
        .add("metadata");
    if (!definitions.schemas().isEmpty()) {
      schema.set(Definitions.KEYWORD, definitions.schemas());
    }
    return new EventSchema(schema);
  }

  /** Reads what {@link #text()} wrote. */
  static EventSchema parse(String text) {
    return new EventSchema(JSON.readTree(text));
  }

  /** The data's own schema. */
  JsonNode data() {
    return json.path("properties").path("data");
  }

  /** The text of its file in the catalog. */
  String text() {
    return JSON.writeValueAsString(json).replace("\r\n", "\n") + "\n";
  }
}
